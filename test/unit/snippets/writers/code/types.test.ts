import path from 'node:path';
import ts from 'typescript';
import { expect, it } from 'vitest';
import { requests } from '../../../../../src/snippets/catalogue/index.js';
import { toPlainText } from '../../../../../src/snippets/snippet.js';
import { CODE_WRITERS } from '../../../../../src/snippets/writers/code/index.js';
import { SDK_WRITERS } from '../../../../../src/snippets/writers/sdk/index.js';
import { inserted } from './inserting.js';
import { OPTIONS, SAMPLES } from './samples.js';

/** What the SDK's constructor and responses are; its calls are taken as they come. */
const SDK = "declare module '@stigg/typescript' {\n  export default class Stigg {\n    constructor(options: { apiKey?: string | undefined; baseURL?: string | null | undefined });\n    readonly v1: any;\n    readonly v1Beta: any;\n  }\n}\n";
const folder = path.resolve('.');

it.each(['fetch', 'sdk-typescript'])('%s: every request is TypeScript without an error, in a module and in a function, as strictly as it gets', (id) => {
  const writer = [...CODE_WRITERS, ...SDK_WRITERS].find((entry) => entry.id === id);
  if (writer === undefined) throw new Error(`No writer ${id}`);
  const files = new Map([[path.join(folder, 'stigg.d.ts'), SDK]]);
  for (const [index, request] of [...requests(), ...SAMPLES].entries()) {
    const written = writer.write(request, OPTIONS);
    if (written === undefined) continue;
    files.set(path.join(folder, `module${index}.ts`), `${toPlainText(writer.file(written))}export {};\n`);
    files.set(path.join(folder, `function${index}.ts`), inserted(writer, written, 'typescript').text);
  }
  const options: ts.CompilerOptions = { strict: true, noEmit: true, target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ESNext, moduleResolution: ts.ModuleResolutionKind.Bundler, types: ['node'], lib: ['lib.es2023.d.ts'], exactOptionalPropertyTypes: true, noImplicitAny: true, skipLibCheck: true };
  const host = ts.createCompilerHost(options);
  const { getSourceFile, fileExists, readFile } = { getSourceFile: host.getSourceFile.bind(host), fileExists: host.fileExists.bind(host), readFile: host.readFile.bind(host) };
  host.getSourceFile = (name, ...rest) => {
    const text = files.get(path.normalize(name));
    return text === undefined ? getSourceFile(name, ...rest) : ts.createSourceFile(name, text, ts.ScriptTarget.ES2022);
  };
  host.fileExists = (name) => files.has(path.normalize(name)) || fileExists(name);
  host.readFile = (name) => files.get(path.normalize(name)) ?? readFile(name);
  const program = ts.createProgram([...files.keys()], options, host);
  const problems = [...program.getSyntacticDiagnostics(), ...program.getSemanticDiagnostics(), ...program.getGlobalDiagnostics()];
  expect(problems.map(({ file, messageText, start }) => `${file?.fileName ?? ''} ${ts.flattenDiagnosticMessageText(messageText, '\n')} ${file?.text.slice(start, (start ?? 0) + 80) ?? ''}`).slice(0, 5)).toEqual([]);
  expect(files.size).toBeGreaterThan(100);
}, 120_000);
