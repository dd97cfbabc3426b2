import type { SurfaceId } from '../surfaces.js';
import { COMPILED } from './compiled.js';
import { FRONTEND } from './frontend.js';
import { JAVASCRIPT } from './javascript.js';
import { SCRIPTING } from './scripting.js';
import type { Starter } from './starter.js';
import { TOOLS } from './tools.js';

export type { Starter, StarterOptions, StarterSide, WrittenStarter } from './starter.js';

/**
 * The code that starts each of Stigg's SDKs and services, current ones before older ones.
 * Not here: `@stigg/nextjs-sdk` (Stigg's own sources disagree on whether it is needed) and PHP (there is no SDK).
 */
export const STARTERS: readonly Starter[] = [...JAVASCRIPT, ...FRONTEND, ...SCRIPTING, ...COMPILED, ...TOOLS]
  .map((starter, index) => ({ starter, index }))
  .sort((a, b) => Number(a.starter.status === 'older') - Number(b.starter.status === 'older') || a.index - b.index)
  .map(({ starter }) => starter);

/** Where a starter would stand. */
export interface StarterPlace {
  readonly languageId: string;
  readonly path: string;
  readonly text: string;
  readonly side: 'browser' | 'server' | 'unknown';
}

const COMMONJS = /\brequire\(|\bmodule\.exports\b/;
const MODULE = /^(?:import|export)\b/m;

/** The starters that may stand in a document. What takes a server key is never offered in a file that ships to the browser, nor the other way round. */
export function startersFor({ languageId, path, text, side }: StarterPlace, surface?: SurfaceId): Starter[] {
  const isCommonjs = /\.c[jt]s$/.test(path) || (!/\.m[jt]s$/.test(path) && COMMONJS.test(text) && !MODULE.test(text));
  return STARTERS.filter((starter) => starter.languageIds.includes(languageId)
    && (surface === undefined || starter.surface === surface)
    && !(starter.side === 'server' && side === 'browser') && !(starter.side === 'frontend' && side === 'server')
    && (starter.module === undefined || (starter.module === 'commonjs') === isCommonjs)
    // Of mcp.json there is nothing that could stand in another file.
    && (starter.id !== 'mcp' || text.trim() === ''));
}
