import type { ExpectedError } from '../../errors.js';
import type { EnvironmentRow, KeyRow } from '../../keys/inventory.js';
import { refusalOf } from '../../keys/keyActions.js';
import type { KeyGroup } from '../../keys/keyFilter.js';
import type { Environment } from '../../keys/model.js';
import type { Permissions } from '../../keys/permissions.js';

export interface EnvironmentNode {
  readonly kind: 'environment';
  readonly row: EnvironmentRow;
}
export interface KeyNode {
  readonly kind: 'key';
  readonly environment: Environment;
  readonly permissions: Permissions;
  readonly row: KeyRow;
}
/** Something went wrong, and here is how to go on. `environmentId` is null for the vault itself. */
export interface ErrorNode {
  readonly kind: 'error';
  readonly environmentId: string | null;
  readonly error: ExpectedError;
}
/** The environment was asked, and has nothing to show yet. */
export interface LoadingNode {
  readonly kind: 'loading';
  readonly environmentId: string;
}
/** A group of keys that is too large to stand right under its environment. */
export interface GroupNode {
  readonly kind: 'group';
  readonly environmentId: string;
  readonly group: KeyGroup;
  /** How many keys of the group pass the filter. */
  readonly count: number;
  readonly isFiltered: boolean;
}
/** The rows of an environment, or of one of its groups, that are not made yet. */
export interface MoreNode {
  readonly kind: 'more';
  readonly environmentId: string;
  readonly group: KeyGroup | null;
  readonly hidden: number;
  /** How many the next page has. */
  readonly next: number;
}
/** No key of any environment passes the filter. */
export interface NoMatchNode {
  readonly kind: 'noMatch';
  readonly hidden: number;
}
export type Node = EnvironmentNode | KeyNode | ErrorNode | LoadingNode | GroupNode | MoreNode | NoMatchNode;

export function keyNode({ environment, permissions }: EnvironmentRow, row: KeyRow): KeyNode {
  return { kind: 'key', environment, permissions, row };
}

export function isRotatable({ row, permissions }: Pick<KeyNode, 'row' | 'permissions'>): boolean {
  return refusalOf('rotate', row, permissions, new Date()) === undefined;
}

export function isRevocable({ row, permissions }: Pick<KeyNode, 'row' | 'permissions'>): boolean {
  return refusalOf('revoke', row, permissions, new Date()) === undefined;
}
