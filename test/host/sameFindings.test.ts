import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import * as vscode from 'vscode';
import { DiagnosticsController } from '../../src/editor/diagnostics/controller.js';
import type { DiagnosticsDeps } from '../../src/editor/diagnostics/deps.js';
import { toDiagnostic } from '../../src/editor/diagnostics/present.js';
import { createProjectFacts } from '../../src/editor/diagnostics/projectFacts.js';
import { Engine } from '../../src/scan/engine.js';
import { closeAll, eventually, ruleOf, stiggDiagnostics, temporaryFolder } from './editorSupport.js';

/** As `--format json` has them. */
interface CliFinding { readonly rule: string; readonly severity: string; readonly path: string; readonly line: number; readonly column: number; readonly endLine: number; readonly endColumn: number; readonly message: string }

/** Documents at once: enough to keep the extension host busy, few enough for VS Code to answer. */
const AT_ONCE = 40;
const SEVERITIES = ['error', 'warning', 'info', 'hint'];

const lineOf = ({ rule, severity, line, column, endLine, endColumn, message }: Omit<CliFinding, 'path'>): string => `${String(line)}:${String(column)}-${String(endLine)}:${String(endColumn)} ${severity} ${rule}: ${message}`;
const shown = (diagnostic: vscode.Diagnostic): string => lineOf({
  rule: String(ruleOf(diagnostic)), severity: SEVERITIES[diagnostic.severity] ?? '', message: diagnostic.message,
  line: diagnostic.range.start.line + 1, column: diagnostic.range.start.character + 1, endLine: diagnostic.range.end.line + 1, endColumn: diagnostic.range.end.character + 1,
});

suite('The editor and the command line', () => {
  let root: string;
  let files: readonly string[];
  /** What the command line found, by file. */
  const expected = new Map<string, string[]>();

  suiteSetup(async function () {
    this.timeout(120_000);
    const extension = vscode.extensions.getExtension('stigg-community.stigg-key-hygiene');
    assert.ok(extension);
    // The folders around a repository say nothing about what is in it.
    root = path.join(await temporaryFolder(), 'client', 'public');
    const { stdout } = await promisify(execFile)(process.execPath, [path.join(extension.extensionPath, 'test/host/sameFindings/prepare.mjs'), root, path.join(extension.extensionPath, 'dist/cli.js')], {
      maxBuffer: 2 ** 28, env: { ...process.env, ELECTRON_RUN_AS_NODE: '1' },
    });
    for (const finding of (JSON.parse(stdout) as { findings: CliFinding[] }).findings) {
      const at = path.join(root, finding.path);
      expected.set(at, [...(expected.get(at) ?? []), lineOf(finding)]);
    }
    files = readdirSync(root, { recursive: true, withFileTypes: true, encoding: 'utf8' })
      .filter((entry) => entry.isFile()).map((entry) => path.join(entry.parentPath, entry.name)).filter((file) => !file.includes(`${path.sep}.git${path.sep}`)).sort();
    assert.ok(files.length > 1_000 && expected.size > 300, `${String(files.length)} files, ${String(expected.size)} with findings`);
  });
  suiteTeardown(closeAll);

  test('show the same squiggles in documents that are opened', async function () {
    this.timeout(120_000);
    const opened = ['sample-workspace/app/pricing.tsx', 'sample-workspace/server/billing.ts', 'sample-workspace/scripts/report.py', 'sample-workspace/stigg.http'].map((file) => path.join(root, file));
    assert.ok(opened.some((file) => expected.has(file)));
    for (const file of opened) {
      const { document } = await vscode.window.showTextDocument(vscode.Uri.file(file));
      const wanted = [...(expected.get(file) ?? [])].sort().join('\n');
      let last = '';
      await eventually(`the findings of ${file}`, () => {
        last = stiggDiagnostics(document.uri).map(shown).sort().join('\n');
        return last === wanted ? true : undefined;
      }, 15_000).catch((error: unknown) => { assert.equal(last, wanted, String(error)); });
    }
  });

  test('find the same in every fixture: rule, severity, place and words', async function () {
    this.timeout(240_000);
    const extension = vscode.extensions.getExtension('stigg-community.stigg-key-hygiene');
    assert.ok(extension);
    const wasm = vscode.Uri.joinPath(extension.extensionUri, 'dist', 'wasm');
    const engine = new Engine({ readWasm: async (name) => vscode.workspace.fs.readFile(vscode.Uri.joinPath(wasm, name)) });
    const errors: string[] = [];
    const logError = (what: string, error: unknown): void => { errors.push(`${what}: ${String(error)}`); };
    const facts = createProjectFacts(logError);
    const never = (): Promise<never> => Promise.reject(new Error('Nothing here is stored'));
    const deps: DiagnosticsDeps = {
      engine: () => Promise.resolve(engine),
      knownKeys: { knownKey: () => undefined, environmentNames: () => [], rotatable: () => undefined, onDidChange: () => ({ dispose: () => undefined }) },
      keepSecret: never, rotateKey: never, remediateLeak: never, reportError: () => undefined, logError,
    };
    const controller = new DiagnosticsController(deps, facts);
    const findingsIn = async (file: string): Promise<string[]> => {
      const document = await openAsText(file);
      if (document === undefined) return [];
      return (await controller.findingsOfText(document, document.getText())).map((finding) => shown(toDiagnostic(document, finding)));
    };
    const differing = async (among: readonly string[]): Promise<string[]> => {
      const found: string[] = [];
      for (let index = 0; index < among.length; index += AT_ONCE) {
        await Promise.all(among.slice(index, index + AT_ONCE).map(async (file) => {
          if ((await findingsIn(file)).sort().join('\n') !== [...(expected.get(file) ?? [])].sort().join('\n')) found.push(file);
        }));
      }
      return found;
    };
    try {
      // The editor does not wait for the import graph, and judges again when it is there.
      let left = await differing(files);
      for (let again = 0; again < 3 && left.length > 0; again++) left = await differing(left.sort());
      const report = await Promise.all(left.map(async (file) => {
        const inEditor = await findingsIn(file);
        const onLine = expected.get(file) ?? [];
        return [path.relative(root, file), ...inEditor.filter((line) => !onLine.includes(line)).map((line) => `  editor only: ${line}`), ...onLine.filter((line) => !inEditor.includes(line)).map((line) => `  command line only: ${line}`)].join('\n');
      }));
      assert.equal(report.join('\n'), '');
      assert.deepEqual(errors, []);
    } finally {
      controller.dispose();
      facts.dispose();
      engine.dispose();
    }
  });
});

/** undefined for what VS Code opens in no text editor. */
async function openAsText(file: string): Promise<vscode.TextDocument | undefined> {
  try {
    return await vscode.workspace.openTextDocument(vscode.Uri.file(file));
  } catch (error) {
    if (/binary/i.test(String(error))) return undefined;
    throw error;
  }
}
