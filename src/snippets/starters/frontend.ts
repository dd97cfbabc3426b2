import { head } from '../customerToken/code.js';
import type { SnippetParts, TabStop } from '../snippet.js';
import { plainFile, type Starter, type StarterOptions } from './starter.js';

const DIRECTIVE = /^['"]use [a-z]+['"];?$/;
const CUSTOMER: TabStop = { stop: 2, text: 'customerId' };
const TOKEN: TabStop = { stop: 3, text: 'customerToken' };

/** How the code gets the publishable key: by the project's own way, or by a name that the person gives. */
function key({ publishableLookup }: StarterOptions, isTyped = false): string | TabStop {
  if (publishableLookup === undefined) return { stop: 1, text: 'publishableKey' };
  return isTyped && publishableLookup.startsWith('process.env.') ? `${publishableLookup}!` : publishableLookup;
}

const frontend = { surface: 'frontendSdk', side: 'frontend', status: 'current' } as const;
const REACT = head("import { StiggProvider } from '@stigg/react-sdk';", /\bStiggProvider\b[^;\n]{0,200}\bfrom\b/);
const REACT_EVIDENCE = ['sdk: StiggProvider takes apiKey, customerId and customerToken (10.x; 0.11.1 had no customerToken)'];
const provider = (apiKey: string | TabStop, by: string): SnippetParts => [
  '<StiggProvider apiKey={', apiKey, '} customerId={', CUSTOMER, '} customerToken={', TOKEN, `}>\n${by}  {children}\n${by}</StiggProvider>`,
];
const props = (options: StarterOptions): string => `{ ${options.publishableLookup === undefined ? 'publishableKey, ' : ''}customerId, customerToken, children }`;
const component = (head: string, signature: string, apiKey: string | TabStop): SnippetParts => [`${head}\nexport function Billing(${signature}) {\n  return (\n    `, ...provider(apiKey, '    '), '\n  );\n}\n'];

const tsx: Starter = {
  ...frontend, id: 'react-sdk', title: '@stigg/react-sdk (TypeScript)', install: 'npm install @stigg/react-sdk', evidence: REACT_EVIDENCE, languageIds: ['typescriptreact'], before: DIRECTIVE,
  write: (options) => {
    const types = `{ ${options.publishableLookup === undefined ? 'publishableKey: string; ' : ''}customerId: string; customerToken: string; children: ReactNode }`;
    const apiKey = key(options, true);
    return { parts: provider(apiKey, ''), head: [REACT], file: component(`${REACT.text}\nimport type { ReactNode } from 'react';\n`, `${props(options)}: ${types}`, apiKey) };
  },
};
const jsx: Starter = {
  ...tsx, id: 'react-sdk-javascript', title: '@stigg/react-sdk (JavaScript)', languageIds: ['javascriptreact'],
  write: (options) => ({ parts: provider(key(options), ''), head: [REACT], file: component(`${REACT.text}\n`, props(options), key(options)) }),
};

const CLIENT = head("import Stigg from '@stigg/js-client-sdk';", /@stigg\/js-client-sdk/);
const client: Starter = {
  ...frontend, id: 'js-client-sdk', title: '@stigg/js-client-sdk', install: 'npm install @stigg/js-client-sdk',
  evidence: ['sdk: the default export only; initialize() is synchronous, the client is ready after waitForInitialization() (0.38.1, 3.35.0)'],
  languageIds: ['typescript', 'javascript', 'typescriptreact', 'javascriptreact'], before: DIRECTIVE,
  write: (options) => plainFile([CLIENT], ['const stigg = Stigg.initialize({ apiKey: ', key(options), ', customerId: ', CUSTOMER, ', customerToken: ', TOKEN, ' });\nawait stigg.waitForInitialization();']),
};

const vueFile = (module: string, options: StarterOptions, element: SnippetParts, consts: string): SnippetParts => [
  `<script setup>\nimport { StiggProvider } from '${module}';\n\n${options.publishableLookup === undefined ? "defineProps(['publishableKey', 'customerId', 'customerToken']);" : `const publishableKey = ${options.publishableLookup};\n${consts}`}\n</script>\n\n<template>\n  `,
  ...element.map((part) => (typeof part === 'string' ? part.replaceAll('\n', '\n  ') : part)), '\n</template>\n',
];
// Where the import goes is for the person to say: a component may have several scripts, or none.
const VUE_3: SnippetParts = ['<StiggProvider v-bind="{ apiKey: ', { stop: 1, text: 'publishableKey' }, ', customerId: ', CUSTOMER, ', customerToken: ', TOKEN, ' }">\n  <slot />\n</StiggProvider>'];
const VUE_2: SnippetParts = ['<StiggProvider :apiKey="', { stop: 1, text: 'publishableKey' }, '" :customer-id="', CUSTOMER, '" :customer-token="', TOKEN, '">\n  <slot />\n</StiggProvider>'];
const PROPS = "defineProps(['customerId', 'customerToken']);";
const vue: Starter = {
  ...frontend, id: 'vue-sdk', title: '@stigg/vue-sdk (Vue 3)', install: 'npm install @stigg/vue-sdk', languageIds: ['vue'],
  evidence: ['doc: <StiggProvider v-bind="{ apiKey, customerId }">; customerToken by the properties of the React SDK'],
  write: (options) => ({ parts: VUE_3, head: [], file: vueFile('@stigg/vue-sdk', options, VUE_3, PROPS) }),
};
const vue2: Starter = {
  ...frontend, id: 'vue-2-sdk', status: 'older', title: '@stigg/vue-2-sdk (Vue 2)', install: 'npm install @stigg/vue-2-sdk', languageIds: ['vue'],
  evidence: ['doc: <StiggProvider :apiKey :customer-id>; customerToken by the properties of the React SDK'],
  write: (options) => ({ parts: VUE_2, head: [], file: vueFile('@stigg/vue-2-sdk', options, VUE_2, PROPS) }),
};

const EMBED: SnippetParts = [
  '<link rel="stylesheet" href="https://assets.stigg.io/npm/@stigg/embed-sdk@', { stop: 1, text: 'VERSION' }, '/dist/embed-sdk.css" />\n<script src="https://assets.stigg.io/npm/@stigg/embed-sdk@', { stop: 1, text: 'VERSION' }, '/dist/embed-sdk.js"></script>\n',
  '<script>\n  const stigg = Stigg({ apiKey: "', { stop: 2, text: 'YOUR-PUBLISHABLE-KEY' }, '" });\n</script>',
];
const embed: Starter = {
  ...frontend, id: 'embed-sdk', title: '@stigg/embed-sdk (HTML)', install: '<script src="https://assets.stigg.io/…">', languageIds: ['html'],
  evidence: ['doc: the script and the style sheet of a version, then the global Stigg({ apiKey })'],
  write: () => ({ parts: EMBED, head: [], file: ['<!doctype html>\n<html lang="en">\n  <head>\n    <meta charset="utf-8" />\n    <title>Pricing</title>\n  </head>\n  <body>\n', ...EMBED, '\n  </body>\n</html>\n'] }),
};

export const FRONTEND: readonly Starter[] = [tsx, jsx, client, vue, vue2, embed];
