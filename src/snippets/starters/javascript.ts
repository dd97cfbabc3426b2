import { head } from '../customerToken/code.js';
import { plainFile, type Starter, type StarterOptions } from './starter.js';

const DIRECTIVE = /^['"]use [a-z]+['"];?$/;
const TYPED: Starter['languageIds'] = ['typescript', 'typescriptreact'];
const UNTYPED: Starter['languageIds'] = ['javascript', 'javascriptreact'];

/** TypeScript takes what may be missing only when it is told so; the SDK itself throws without a key. */
function typed({ serverLookup }: StarterOptions): string {
  return serverLookup.startsWith('process.env.') ? `${serverLookup}!` : serverLookup;
}

const NODE_SDK = {
  surface: 'nodeSdk', side: 'server', status: 'current', install: 'npm install @stigg/node-server-sdk',
  evidence: ['sdk: initialize() is synchronous, the client is ready after waitForInitialization(), and a missing apiKey throws (0.63.1 to 4.55.0)', 'skill: the default of a backend on Node.js'],
} as const;
const NODE_IMPORT = head("import Stigg from '@stigg/node-server-sdk';", /@stigg\/node-server-sdk/);
const started = (key: string): string => `const stigg = Stigg.initialize({ apiKey: ${key} });\nawait stigg.waitForInitialization();`;
const exported = (code: string): string => `export ${code}\n`;

const node: Starter = {
  ...NODE_SDK, id: 'node-server-sdk', title: '@stigg/node-server-sdk (TypeScript)', languageIds: TYPED, before: DIRECTIVE,
  write: (options) => ({ parts: [started(typed(options))], head: [NODE_IMPORT], file: [`${NODE_IMPORT.text}\n\n${exported(started(typed(options)))}`] }),
};
const nodeScript: Starter = {
  ...NODE_SDK, id: 'node-server-sdk-javascript', title: '@stigg/node-server-sdk (JavaScript)', languageIds: UNTYPED, module: 'esm', before: DIRECTIVE,
  write: ({ serverLookup }) => ({ parts: [started(serverLookup)], head: [NODE_IMPORT], file: [`${NODE_IMPORT.text}\n\n${exported(started(serverLookup))}`] }),
};
const NODE_REQUIRE = head("const { Stigg } = require('@stigg/node-server-sdk');", NODE_IMPORT.present);
const nodeCommonjs: Starter = {
  ...NODE_SDK, id: 'node-server-sdk-commonjs', title: '@stigg/node-server-sdk (JavaScript, CommonJS)', languageIds: UNTYPED, module: 'commonjs', before: DIRECTIVE,
  evidence: [...NODE_SDK.evidence, 'sdk: the named export is there since 4.x; before, it is require(…).default'],
  write: ({ serverLookup }) => {
    // CommonJS cannot wait at the top level.
    const code = `const stigg = Stigg.initialize({ apiKey: ${serverLookup} });\nconst stiggIsReady = stigg.waitForInitialization();`;
    return { parts: [code], head: [NODE_REQUIRE], file: [`${NODE_REQUIRE.text}\n\n${code}\n\nmodule.exports = { stigg, stiggIsReady };\n`] };
  },
};

const REST_IMPORT = head("import Stigg from '@stigg/typescript';", /@stigg\/typescript['"]/);
const rest: Starter = {
  id: 'typescript-rest', surface: 'nodeSdk', side: 'server', status: 'beta', title: '@stigg/typescript (REST)', install: 'npm install @stigg/typescript',
  evidence: ['sdk: new Stigg({ apiKey }), 0.1.0-beta.51', 'skill: keep @stigg/node-server-sdk until it is generally available'],
  languageIds: ['typescript', 'typescriptreact', 'javascript', 'javascriptreact'], before: DIRECTIVE,
  write: ({ serverLookup }) => {
    const code = `const stigg = new Stigg({ apiKey: ${serverLookup} });`;
    return { parts: [code], head: [REST_IMPORT], file: [`${REST_IMPORT.text}\n\n${exported(code)}`] };
  },
};

const GRAPHQL_IMPORT = head("import { StiggManagement } from '@stigg/api-client-js';", /@stigg\/api-client-js['"]/);
const graphqlCode = (key: string): string => `const stigg = StiggManagement.createClient({ apiKey: ${key} });`;
const GRAPHQL = {
  surface: 'graphql', side: 'server', status: 'older', install: 'npm install @stigg/api-client-js', before: DIRECTIVE,
  evidence: ['sdk: StiggManagement.createClient({ apiKey, apiUrl? }), 3.108.0; not known whether it is meant to be used by itself'],
} as const;
const graphql: Starter = {
  ...GRAPHQL, id: 'api-client-js', title: '@stigg/api-client-js (TypeScript)', languageIds: TYPED,
  write: (options) => plainFile([GRAPHQL_IMPORT], [graphqlCode(typed(options))]),
};
const graphqlScript: Starter = {
  ...GRAPHQL, id: 'api-client-js-javascript', title: '@stigg/api-client-js (JavaScript)', languageIds: UNTYPED,
  write: ({ serverLookup }) => plainFile([GRAPHQL_IMPORT], [graphqlCode(serverLookup)]),
};

export const JAVASCRIPT: readonly Starter[] = [node, nodeScript, nodeCommonjs, rest, graphql, graphqlScript];
