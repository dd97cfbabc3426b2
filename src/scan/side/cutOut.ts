/** Exports that frameworks cut out of the browser's bundle wherever they stand. */
export const CUT_OUT: ReadonlySet<string> = new Set(['getServerSideProps', 'getStaticProps', 'getStaticPaths', 'getServerData']);

/** Exports that are cut out of the route modules of Remix and of React Router as a framework. As a library it ships its loaders. */
export const ROUTE_EXPORTS: ReadonlySet<string> = new Set(['loader', 'action', 'headers', 'middleware', 'unstable_middleware']);

/** Functions whose function arguments stay on the server. */
export const SERVER_FUNCTIONS: ReadonlySet<string> = new Set([
  'createServerFn', 'createServerOnlyFn', 'serverOnly', 'server$', 'routeLoader$', 'routeAction$', 'globalAction$', 'createServerAction$', 'createServerData$',
]);

/** Whether the module is one whose ROUTE_EXPORTS a framework cuts out: by its folder, by what it imports, or by the types made for it. */
export function isRouteOfFramework(path: string, modules: readonly string[], text: string): boolean {
  return /(?:^|\/)app\/(?:routes\/|root\.)/.test(path)
    || (/(?:^|\/)app\//.test(path) && /[/.]route\.[jt]sx?$/.test(path))
    || modules.some((name) => /^@(?:remix-run|react-router)\//.test(name))
    || /['"]\.{1,2}\/[./]*\+types\//.test(text);
}
