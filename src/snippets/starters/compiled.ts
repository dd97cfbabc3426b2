import { head, type HeadLine } from '../customerToken/code.js';
import type { SnippetParts } from '../snippet.js';
import { indented, type Starter, type WrittenStarter } from './starter.js';

const goImport = (path: string, name?: string): HeadLine => head(`import ${name === undefined ? '' : `${name} `}"${path}"`, (text) => text.includes(`"${path}"`));
const OS = goImport('os');
/** Statements of Go, and the function of a package of its own that holds them. */
function goCode(imports: readonly HeadLine[], parts: SnippetParts, result: string, returned: string): WrittenStarter {
  const block = imports.map(({ text }) => `\t${text.slice('import '.length)}\n`).join('');
  return { parts, head: imports, file: [`package billing\n\nimport (\n${block})\n\nfunc newStigg() ${result} {\n\t`, ...indented(parts, '\t'), `\n\treturn ${returned}\n}\n`] };
}
const go = { side: 'server', languageIds: ['go'], before: /^package\b/ } as const;

const GO: readonly Starter[] = [
  {
    ...go, id: 'go-rest', surface: 'backendSdk', status: 'current', title: 'Go: stigg-go (REST)', install: 'go get github.com/stiggio/stigg-go',
    evidence: ['sdk: stigg.NewClient(option.WithAPIKey(key)), which returns a Client'],
    write: ({ serverVariable }) => goCode(
      [OS, goImport('github.com/stiggio/stigg-go', 'stigg'), goImport('github.com/stiggio/stigg-go/option')],
      [`client := stigg.NewClient(option.WithAPIKey(os.Getenv("${serverVariable}")))`], 'stigg.Client', 'client',
    ),
  },
  {
    ...go, id: 'go-graphql', surface: 'backendSdk', status: 'older', title: 'Go: api-client-go (GraphQL)', install: 'go get github.com/stiggio/api-client-go/v6',
    evidence: ['sdk: stigg.NewStiggClient(apiKey, httpClient, baseUrl), all by position; v3 in the docs, v6 current'],
    write: ({ serverVariable }) => goCode([OS, goImport('github.com/stiggio/api-client-go/v6', 'stigg')], [`client := stigg.NewStiggClient(os.Getenv("${serverVariable}"), nil, nil)`], 'stigg.StiggClient', 'client'),
  },
  {
    ...go, id: 'go-sidecar', surface: 'sidecar', status: 'current', title: 'Go: sidecar-sdk-go', install: 'go get github.com/stiggio/sidecar-sdk-go/v7',
    evidence: ['sdk: NewSidecarClient(ApiClientConfig{ApiKey}, &host, &port, RemoteSidecarConfig{}); the README spells the field apiKey, which does not compile', 'doc: the container listens on 80 since 3.0.0, on 8443 before'],
    write: ({ serverVariable }) => {
      const imports = [OS, goImport('github.com/stiggio/sidecar-sdk-go/v7', 'sidecar')];
      const places: SnippetParts = ['host := "', { stop: 1, text: 'localhost' }, '"\nport := ', { stop: 2, text: '80' }];
      const call = `sidecar.NewSidecarClient(sidecar.ApiClientConfig{ApiKey: os.Getenv("${serverVariable}")}, &host, &port, sidecar.RemoteSidecarConfig{})`;
      const parts: SnippetParts = [...places, `\nclient, err := ${call}\nif err != nil {\n\tpanic(err)\n}`];
      return goCode(imports, parts, 'any', 'client');
    },
  },
];

const jvmImport = (name: string, end: string): HeadLine => head(`import ${name}${end}`, (text) => text.includes(`import ${name}`));
const NEW_JAVA = {
  surface: 'backendSdk', side: 'server', status: 'beta', install: 'io.stigg:stigg-java',
  // Without an address this SDK sends the key to the placeholder of its generator.
  evidence: ['sdk: StiggOkHttpClient.builder().apiKey(…).build(), 0.1.0-alpha.4; its built-in host is api.example.com, so the address has to be given'],
} as const;
const OLD_JAVA = { surface: 'backendSdk', side: 'server', status: 'older', install: 'io.stigg:stigg-api-client', evidence: ['readme: Stigg.createClient(key)'] } as const;
const OKHTTP = 'io.stigg.client.okhttp.StiggOkHttpClient';
const OLD_CLIENT = 'io.stigg.api.client.Stigg';
const builder = (variable: string, baseUrl: string, by: string): string => `StiggOkHttpClient.builder()\n${by}.apiKey(System.getenv("${variable}"))\n${by}.baseUrl("${baseUrl}")\n${by}.build()`;
function javaCode(name: string, code: string): WrittenStarter {
  const imported = jvmImport(name, ';');
  return { parts: [code], head: [imported], file: [`${imported.text}\n\npublic final class Billing {\n  public static void main(String[] args) {\n    `, ...indented([code], '    '), '\n  }\n}\n'] };
}
function kotlinCode(name: string, code: string): WrittenStarter {
  const imported = jvmImport(name, '');
  return { parts: [code], head: [imported], file: [`${imported.text}\n\n${code}\n`] };
}
const java = { languageIds: ['java'], before: /^package\b/ } as const;
const kotlin = { languageIds: ['kotlin'], before: /^(?:package\b|@file:)/ } as const;

const JVM: readonly Starter[] = [
  { ...NEW_JAVA, ...java, id: 'java-rest', title: 'Java: stigg-java (REST)', write: ({ serverVariable, baseUrl }) => javaCode(OKHTTP, `var stigg = ${builder(serverVariable, baseUrl, '    ')};`) },
  { ...NEW_JAVA, ...kotlin, id: 'kotlin-rest', title: 'Kotlin: stigg-java (REST)', write: ({ serverVariable, baseUrl }) => kotlinCode(OKHTTP, `val stigg = ${builder(serverVariable, baseUrl, '    ')}`) },
  { ...OLD_JAVA, ...java, id: 'java-graphql', title: 'Java: stigg-api-client (GraphQL)', write: ({ serverVariable }) => javaCode(OLD_CLIENT, `var stigg = Stigg.createClient(System.getenv("${serverVariable}"));`) },
  { ...OLD_JAVA, ...kotlin, id: 'kotlin-graphql', title: 'Kotlin: stigg-api-client (GraphQL)', write: ({ serverVariable }) => kotlinCode(OLD_CLIENT, `val stigg = Stigg.createClient(System.getenv("${serverVariable}"))`) },
];

const using = (name: string): HeadLine => head(`using ${name};`, (text) => text.includes(`using ${name};`));
function csharpCode(namespace: string, code: string): WrittenStarter {
  const imports = [using('System'), using(namespace)];
  return { parts: [code], head: imports, file: [`${imports.map(({ text }) => `${text}\n`).join('')}\n${code}\n`] };
}
const csharp = { side: 'server', languageIds: ['csharp'], surface: 'backendSdk' } as const;
const CSHARP: readonly Starter[] = [
  {
    ...csharp, id: 'csharp-rest', status: 'current', title: 'C#: Stigg.Client (REST)', install: 'dotnet add package Stigg.Client',
    evidence: ['sdk: StiggClient client = new() { ApiKey = … }; earlier versions have the namespace Stigg'],
    write: ({ serverVariable }) => csharpCode('Stigg.Client', `StiggClient stigg = new() { ApiKey = Environment.GetEnvironmentVariable("${serverVariable}") };`),
  },
  {
    ...csharp, id: 'csharp-graphql', status: 'older', title: 'C#: Stigg.Api.Client (GraphQL)', install: 'dotnet add package Stigg.Api.Client',
    evidence: ['readme: Stigg.createClient(key)'],
    write: ({ serverVariable }) => csharpCode('Stigg.Api.Client', `var stigg = Stigg.createClient(Environment.GetEnvironmentVariable("${serverVariable}"));`),
  },
];

export const COMPILED: readonly Starter[] = [...GO, ...JVM, ...CSHARP];
