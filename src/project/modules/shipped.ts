import { CUT_OUT, isRouteOfFramework, ROUTE_EXPORTS, SERVER_FUNCTIONS } from '../../scan/side/cutOut.js';
import type { ModuleImport } from './imports.js';
import { statementsIn, type Statement } from './statements.js';

const MAY_CUT = /\b(?:getServerSideProps|getStaticProps|getStaticPaths|getServerData|loader|action|headers|middleware|unstable_middleware|createServerFn|createServerOnlyFn|serverOnly)\b|(?:server|routeLoader|routeAction|globalAction|createServerAction|createServerData)\$/;
const SERVER_ACTION = /\{\s*(['"])use server\1/;

/**
 * The imports that stay when a framework has cut its server's part (loaders, server functions, and what only those use) out of a
 * module that ships to the browser.
 */
export function shippedImports(path: string, text: string, masked: string, imports: readonly ModuleImport[]): readonly ModuleImport[] {
  if (!MAY_CUT.test(masked) && !SERVER_ACTION.test(text)) return imports;
  const statements = statementsIn(masked).filter(({ isImport }) => !isImport);
  const route = isRouteOfFramework(path, imports.map(({ specifier }) => specifier), text);
  const cut = new Set(statements.filter((one) => isCut(one, text, route)));
  if (cut.size === 0) return imports;
  const declaring = declarations(statements);
  const cutWords = reach([...cut], declaring, new Set());
  const usedByCut = new Set(statements.filter(({ names }) => names.some((name) => cutWords.has(name))));
  // What nobody uses stays where it is; only what the removed code alone used goes with it.
  const roots = new Set(statements.filter((one) => !cut.has(one) && (one.isExported || one.names.length === 0 || !usedByCut.has(one))));
  const words = reach([...roots], declaring, cut);
  const isLive = (one: Statement): boolean => !cut.has(one) && (roots.has(one) || one.names.some((name) => words.has(name)));
  return imports.filter(({ kind, names, start }) => {
    const locals = names.flatMap(({ local }) => local ?? []);
    if (kind === 'import') return locals.length === 0 || locals.some((local) => words.has(local) || !cutWords.has(local));
    const holder = statements.find((one) => one.start <= start && start < one.end);
    return holder === undefined || isLive(holder);
  });
}

function isCut({ isExported, names, words, code, start, end }: Statement, text: string, route: boolean): boolean {
  if (isExported && names.some((name) => CUT_OUT.has(name) || (route && ROUTE_EXPORTS.has(name)))) return true;
  if (names.length === 0) return false;
  if (/^(?:export\s+)?(?:const|let|var)\b/.test(code)) for (const word of words) if (SERVER_FUNCTIONS.has(word)) return true;
  const action = SERVER_ACTION.exec(text.slice(start, end));
  // The first brace of the statement, so that nothing else stands around it.
  return action !== null && !code.slice(0, action.index).includes('{');
}

function declarations(statements: readonly Statement[]): ReadonlyMap<string, Statement> {
  return new Map(statements.flatMap((one) => one.names.map((name) => [name, one] as const)));
}

/** The words of the statements, and of the declarations that they use, directly or through others. */
function reach(from: readonly Statement[], declaring: ReadonlyMap<string, Statement>, without: ReadonlySet<Statement>): ReadonlySet<string> {
  const words = new Set<string>();
  const seen = new Set(from);
  for (const one of seen) {
    for (const word of one.words) {
      words.add(word);
      const other = declaring.get(word);
      // Sets visit what is added meanwhile.
      if (other !== undefined && !without.has(other)) seen.add(other);
    }
  }
  return words;
}
