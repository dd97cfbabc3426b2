import { tabStop } from '../snippet.js';
import { head, type TokenCode } from './code.js';

const REACT = head("import { StiggProvider } from '@stigg/react-sdk';", /\bStiggProvider\b[^;\n]{0,200}\bfrom\b/);
const react = (indent: string, children: string): TokenCode['member'] => [
  '<StiggProvider apiKey={', tabStop(1, 'publishableKey'), '} customerId={', tabStop(2, 'customerId'), '} customerToken={', tabStop(3, 'customerToken'), `}>\n${indent}  `, children, `\n${indent}</StiggProvider>`,
];
const DIRECTIVE = /^['"]use [a-z]+['"];?$/;

const tsx: TokenCode = {
  id: 'tsx', side: 'frontend', title: 'React (TypeScript)', languageIds: ['typescriptreact'], before: DIRECTIVE, head: [REACT],
  member: react('', '{children}'),
  file: [`${REACT.text}\nimport type { ReactNode } from 'react';\n\nexport function Billing({ publishableKey, customerId, customerToken, children }: { publishableKey: string; customerId: string; customerToken: string; children: ReactNode }) {\n  return (\n    `, ...react('    ', '{children}'), '\n  );\n}\n'],
};

const jsx: TokenCode = {
  ...tsx, id: 'jsx', title: 'React (JavaScript)', languageIds: ['javascriptreact'],
  file: [`${REACT.text}\n\nexport function Billing({ publishableKey, customerId, customerToken, children }) {\n  return (\n    `, ...react('    ', '{children}'), '\n  );\n}\n'],
};

const element: TokenCode['member'] = [
  '<StiggProvider v-bind="{ apiKey: ', tabStop(1, 'publishableKey'), ', customerId: ', tabStop(2, 'customerId'), ', customerToken: ', tabStop(3, 'customerToken'), ' }">\n  <slot />\n</StiggProvider>',
];
// Where the import goes is for the person to say: a component may have several scripts, or none.
const vue: TokenCode = {
  id: 'vue', side: 'frontend', title: 'Vue', languageIds: ['vue'], head: [], member: element,
  file: ["<script setup>\nimport { StiggProvider } from '@stigg/vue-sdk';\n\ndefineProps(['publishableKey', 'customerId', 'customerToken']);\n</script>\n\n<template>\n  ", ...element.map((part) => (typeof part === 'string' ? part.replaceAll('\n', '\n  ') : part)), '\n</template>\n'],
};

const CLIENT = head("import Stigg from '@stigg/js-client-sdk';", /@stigg\/js-client-sdk/);
const call: TokenCode['member'] = [
  'const stigg = Stigg.initialize({ apiKey: ', tabStop(1, 'publishableKey'), ', customerId: ', tabStop(2, 'customerId'), ', customerToken: ', tabStop(3, 'customerToken'), ' });\nawait stigg.waitForInitialization();\n',
];
const client: TokenCode = {
  id: 'browser', side: 'frontend', title: 'Browser (JavaScript, TypeScript)', languageIds: ['javascript', 'typescript'], before: DIRECTIVE, head: [CLIENT],
  member: call,
  file: [`${CLIENT.text}\n\nexport async function startStigg(publishableKey, customerId, customerToken) {\n  `, ...call.map((part) => (typeof part === 'string' ? part.replace('\nawait', '\n  await') : part)), '  return stigg;\n}\n'],
};

export const FRONTEND: readonly TokenCode[] = [tsx, jsx, vue, client];
