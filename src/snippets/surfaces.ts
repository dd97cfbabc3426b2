import * as l10n from '@vscode/l10n';

/** A way to talk to Stigg. */
export type SurfaceId = 'nodeSdk' | 'backendSdk' | 'sidecar' | 'frontendSdk' | 'rest' | 'graphql' | 'mcp' | 'cli';

/** One row of the table that says which surface fits when. */
export interface Surface {
  readonly id: SurfaceId;
  title(): string;
  /** When it is the right one. */
  when(): string;
  /** What to know before starting; undefined where there is nothing. */
  note(): string | undefined;
  /** Which key it takes. */
  key(): string;
  /** Where choosing it leads: to the code that starts it, or to its requests. */
  readonly leadsTo: 'starters' | 'requests';
}

const serverKey = (): string => l10n.t('server key');
const publishableKey = (): string => l10n.t('publishable key');
const scopedKey = (): string => l10n.t('scoped key');
const nothing = (): undefined => undefined;

/** Which surface when, in the order in which they should be considered. Source: Stigg's own skill for choosing between them. */
export const SURFACES: readonly Surface[] = [
  {
    id: 'nodeSdk', leadsTo: 'starters', key: serverKey,
    title: () => l10n.t('Node SDK'),
    when: () => l10n.t('A backend on Node.js or TypeScript, also its hot paths: the default choice.'),
    note: () => l10n.t('@stigg/typescript (REST) is in beta: prefer @stigg/node-server-sdk for now.'),
  },
  {
    id: 'backendSdk', leadsTo: 'starters', key: serverKey,
    title: () => l10n.t('Backend SDK of another language'),
    when: () => l10n.t('A backend in Python, Go, Java, Kotlin, Ruby or .NET.'),
    note: () => l10n.t('The patterns are those of the Node SDK; names of fields may differ.'),
  },
  {
    id: 'sidecar', leadsTo: 'starters', key: serverKey,
    title: () => l10n.t('Sidecar'),
    when: () => l10n.t('Entitlement checks beside a service in any language: a container with a cache.'),
    note: () => l10n.t('It must not be reachable from the internet or a browser.'),
  },
  {
    id: 'frontendSdk', leadsTo: 'starters', key: publishableKey,
    title: () => l10n.t('Frontend SDK'),
    when: () => l10n.t('Paywalls, customer portal, entitlement checks in the browser: React, Vue, HTML.'),
    note: () => l10n.t('In production with hardened client access: the server signs customer tokens.'),
  },
  {
    id: 'rest', leadsTo: 'requests', key: serverKey,
    title: () => l10n.t('REST API'),
    when: () => l10n.t('No SDK in your language, thin proxies on a server, or explicit control.'),
    note: () => l10n.t('In public beta. Not to be mixed with GraphQL in new code.'),
  },
  {
    id: 'graphql', leadsTo: 'requests', key: serverKey,
    title: () => l10n.t('GraphQL API'),
    when: () => l10n.t('An integration that uses GraphQL already, or a query that REST does not have yet.'),
    note: () => l10n.t('Errors may come in the body, with status 200. Not to be mixed with REST.'),
  },
  {
    id: 'mcp', leadsTo: 'starters', key: scopedKey,
    title: () => l10n.t('MCP server'),
    when: () => l10n.t('Development with an AI agent that should see your Stigg environment.'),
    note: () => l10n.t('Give it a scoped key that can only read.'),
  },
  {
    id: 'cli', leadsTo: 'starters', key: serverKey,
    title: () => l10n.t('Command line (stigg)'),
    when: () => l10n.t('Scripts and CI.'),
    note: nothing,
  },
];
