/** As much of VS Code as the sidebar's model needs to make its rows: plain objects, as in the extension host. */
import { Emitter } from '../../src/event.js';

export class EventEmitter<T> extends Emitter<T> {}

export class TreeItem {
  readonly label: string;
  readonly collapsibleState: number;

  constructor(label: string, collapsibleState = 0) {
    this.label = label;
    this.collapsibleState = collapsibleState;
  }
}

export class ThemeIcon {
  static readonly Folder = new ThemeIcon('folder');
  readonly id: string;
  readonly color: unknown;

  constructor(id: string, color?: unknown) {
    this.id = id;
    this.color = color;
  }
}

export class ThemeColor {
  readonly id: string;

  constructor(id: string) {
    this.id = id;
  }
}

export class MarkdownString {
  readonly value: string;

  constructor(value = '') {
    this.value = value;
  }
}

export const TreeItemCollapsibleState = { None: 0, Collapsed: 1, Expanded: 2 };
export const l10n = { t: (text: string, ...args: readonly unknown[]): string => text.replace(/\{(\d)\}/g, (_all, index: string) => String(args[Number(index)])) };
export const commands = { executeCommand: (): Promise<undefined> => Promise.resolve(undefined) };
