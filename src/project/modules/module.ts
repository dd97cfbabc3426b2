import type { Import } from '../../scan/languages/language.js';
import { languageIdFor } from '../../scan/languages/index.js';
import { ownSide, type OwnSide } from '../../scan/side/own.js';
import type { SideFacts } from '../../scan/side.js';
import { scriptsOf, scriptsOfAstro, type ComponentCode } from './components.js';
import { importsIn, type ModuleImport } from './imports.js';
import { maskCode } from './mask.js';
import { shippedImports } from './shipped.js';
import { typeNamesIn } from './types.js';

/** What the import graph remembers of a file. */
export interface Module {
  /** The imports that ship with it. */
  readonly imports: readonly Pick<ModuleImport, 'specifier' | 'kind' | 'names'>[];
  /** Names that stand for types only. */
  readonly types: ReadonlySet<string>;
  /** `entry`: it ships, and what it imports with it. `server`: it never ships, and ends every way through it. */
  readonly role: 'entry' | 'server' | undefined;
}

const COMPONENT = /\.(?:vue|svelte|astro|html?)$/i;
const TYPED = /\.(?:[cm]?ts|tsx)$/i;
/** Larger files are generated, and nobody's way into a bundle. */
const LONGEST = 1_000_000;
const NONE: ReadonlySet<string> = new Set();
const EMPTY: Module = { imports: [], types: NONE, role: undefined };

/** Reads a module. `path` is relative to the root of the repository, for evidence by its name. */
export function readModule(path: string, text: string, facts: Pick<SideFacts, 'dependencies' | 'configuredSide'>): Module {
  if (text.length > LONGEST) return EMPTY;
  return COMPONENT.test(path) ? readComponent(path, text, facts) : readScript(path, text, facts);
}

function readScript(path: string, text: string, facts: Pick<SideFacts, 'dependencies' | 'configuredSide'>): Module {
  const masked = maskCode(text);
  const all = importsIn(text, masked);
  const source = { path, languageId: languageIdFor(path), text, syntax: undefined, imports: all.filter(({ kind }) => kind !== 'dynamic').flatMap(asImports) };
  const shipped = shippedImports(path, text, masked, all);
  return { imports: shipped.map(withoutPlace), types: TYPED.test(path) ? typeNamesIn(masked) : NONE, role: roleOf(ownSide(source, facts)) };
}

function roleOf(own: OwnSide | undefined): Module['role'] {
  if (own?.isEntry === true) return 'entry';
  return own?.side === 'server' && !own.yields ? 'server' : undefined;
}

function readComponent(path: string, text: string, facts: Pick<SideFacts, 'configuredSide'>): Module {
  if (/\.server\.\w+$/.test(path) || facts.configuredSide(path) === 'server') return { ...EMPTY, role: 'server' };
  const { blocks, sources }: ComponentCode = path.endsWith('.astro') ? scriptsOfAstro(text) : scriptsOf(text);
  const imports: Module['imports'][number][] = sources.map((specifier) => ({ specifier, kind: 'import', names: [] }));
  for (const block of blocks) {
    const masked = maskCode(block.text);
    for (const one of importsIn(block.text, masked)) {
      if (block.shipped === undefined || one.names.some(({ local }) => local !== undefined && block.shipped?.has(local) === true)) imports.push(withoutPlace(one));
    }
  }
  return { imports, types: NONE, role: imports.length > 0 ? 'entry' : undefined };
}

function withoutPlace({ specifier, kind, names }: ModuleImport): Module['imports'][number] {
  return { specifier, kind, names };
}

function asImports({ specifier: module, names }: ModuleImport): Import[] {
  return names.length === 0 ? [{ module, local: undefined, imported: '*' }] : names.map(({ local, imported }) => ({ module, local, imported }));
}

/** Whether a change from one to the other leaves every answer as it was. */
export function isSameModule(a: Module, b: Module): boolean {
  return a.role === b.role && JSON.stringify(a.imports) === JSON.stringify(b.imports) && JSON.stringify([...a.types]) === JSON.stringify([...b.types]);
}
