import { describe, expect, it, vi } from 'vitest';
import { applied, planFor } from '../../../../src/editor/usages/plan.js';
import { fingerprint } from '../../../../src/fingerprint.js';
import { EMPTY_CONTEXT } from '../../../../src/scan/context.js';
import { preparedEngine, serverKey } from '../../scan/support.js';

vi.mock('vscode', () => ({}));

const [A, B] = [serverKey('a'), serverKey('b')];
const LOOKUP = 'process.env.STIGG_SERVER_API_KEY';
const engine = await preparedEngine();

/** The text afterwards, and why places are left, when the n-th places of the text are wanted. */
function run(text: string, wanted: (places: readonly { readonly start: number; readonly fingerprint: string }[]) => readonly { readonly start: number; readonly fingerprint: string }[], path = 'src/a.ts', note?: string): { text: string; left: readonly unknown[] } {
  const source = { path, languageId: 'plaintext', text };
  const prints = new Set([A, B].map(fingerprint));
  const chosen = wanted(engine.uses(source, prints));
  const only = new Set(chosen.map((one) => one.fingerprint));
  const { edits, left } = planFor(text, chosen, (now) => engine.replacements({ ...source, text: now }, only, EMPTY_CONTEXT, note));
  return { text: applied(text, edits), left };
}

describe('the plan for one file', () => {
  it.each<[string, string, Parameters<typeof run>[1], string, unknown[]]>([
    ['all of one key', `const a = '${A}', b = '${A}';\n`, (all) => all, `const a = ${LOOKUP}, b = ${LOOKUP};\n`, [undefined, undefined]],
    ['one of two places', `const a = '${A}', b = '${A}';\n`, (all) => all.slice(1), `const a = '${A}', b = ${LOOKUP};\n`, [undefined]],
    ['two keys in one string', `const a = 'x ${A} y ${B} z';\n`, (all) => all, `const a = \`x \${${LOOKUP}} y \${${LOOKUP}} z\`;\n`, [undefined, undefined]],
    ['one of two keys in one string', `const a = 'x ${A} y ${B} z';\n`, (all) => all.slice(0, 1), `const a = \`x \${${LOOKUP}} y ${B} z\`;\n`, [undefined]],
    ['one place of two in one string', `const a = '${A} ${A}';\n`, (all) => all.slice(0, 1), `const a = \`\${${LOOKUP}} ${A}\`;\n`, [undefined]],
    ['a place that is no longer there', `const a = '${A}';\n`, (all) => all.map((one) => ({ ...one, start: one.start + 1 })), `const a = '${A}';\n`, ['changed']],
    ['nothing', `const a = '${A}';\n`, () => [], `const a = '${A}';\n`, []],
  ])('%s', (_name, before, wanted, after, left) => {
    expect(run(before, wanted)).toEqual({ text: after, left });
  });

  it.each<[string, string, string, unknown[]]>([
    ['.env', `A=1\nSTIGG_SERVER_API_KEY=${A}\n`, 'A=1\n# kept\nSTIGG_SERVER_API_KEY=\n', [undefined]],
    ['.env.local', `  export STIGG_SERVER_API_KEY='${A}' # it`, '  # kept\n  export STIGG_SERVER_API_KEY= # it', [undefined]],
    ['.envrc', `export STIGG_SERVER_API_KEY="${A}"\r\n`, '# kept\r\nexport STIGG_SERVER_API_KEY=\r\n', [undefined]],
    ['.env', `X=${A}\nY=${B}\n`, '# kept\nX=\n# kept\nY=\n', [undefined, undefined]],
    ['.env', `# X=${A}\n`, '# X=<STIGG_SERVER_API_KEY>\n', [undefined]],
    ['.env', `U=https://example.com/${A}\n`, `U=https://example.com/${A}\n`, ['partOfValue']],
    ['.env', `B=${Buffer.from(A).toString('base64')}\n`, `B=${Buffer.from(A).toString('base64')}\n`, ['encoded']],
    ['data.json', `{"a":"${A}"}\n`, `{"a":"${A}"}\n`, ['noLookup']],
    ['www/app.min.js', `const a="${A}"\n`, `const a="${A}"\n`, ['built']],
  ])('%s: %s', (path, before, after, left) => {
    expect(run(before, (all) => all, path, 'kept')).toEqual({ text: after, left });
  });

  it('a publishable key gets the look-up of publishable keys, whatever its form', () => {
    const text = `export const a = '${A}';\n`;
    const known = { environmentName: 'E', displayName: 'K', keyType: 'CLIENT', expireAt: null } as const;
    const [found] = engine.replacements({ path: 'src/a.ts', languageId: 'typescript', text }, new Set([fingerprint(A)]), { ...EMPTY_CONTEXT, knownKey: () => known });
    expect(applied(text, found?.edits ?? [])).toBe('export const a = process.env.STIGG_CLIENT_API_KEY;\n');
  });
});
