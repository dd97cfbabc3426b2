import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Engine } from '../../../../src/scan/engine.js';
import { contextOf, preparedEngine, serverKey } from '../support.js';
import { factsOf, parsed, repair } from './repair.js';
import { cpuNow } from '../../../tools/cpu.js';

let engine: Engine;
beforeAll(async () => {
  engine = await preparedEngine();
});
afterAll(() => {
  engine.dispose();
});

const K = serverKey();


const NAME = 'STIGG_SERVER_API_KEY';

describe('a server key is replaced by the look-up', () => {
  test.each([
    ['double quotes', `curl -H "X-API-KEY: ${K}" https://api.stigg.io\n`, `curl -H "X-API-KEY: $${NAME}" https://api.stigg.io\n`],
    ['single quotes', `curl -H 'X-API-KEY: ${K}' https://api.stigg.io\n`, `curl -H "X-API-KEY: $${NAME}" https://api.stigg.io\n`],
    ['single quotes that hide something', `curl -d '{"k":"${K}"}' x\n`, `curl -d '{"k":"'"$${NAME}"'"}' x\n`],
    ['unquoted', `stigg v1:customers list --api-key ${K}\n`, `stigg v1:customers list --api-key "$${NAME}"\n`],
    ['unquoted part', `stigg v1:customers list --api-key=${K}\n`, `stigg v1:customers list --api-key="$${NAME}"\n`],
    ['assignment', `KEY="${K}"\n`, `KEY="$${NAME}"\n`],
    ['assignment of that very variable', `export ${NAME}=${K}\n`, `export ${NAME}="\${${NAME}:?}"\n`],
    ['before a letter', `a="x ${K}\${y}z"\n`, `a="x $${NAME}\${y}z"\n`],
    ['heredoc', `cat <<EOF\nkey: ${K}\nEOF\n`, `cat <<EOF\nkey: $${NAME}\nEOF\n`],
    ['quoted heredoc', `cat <<'EOF'\nkey: ${K}\nEOF\n`, undefined],
    ['comment', `# ${K}\n`, `# <${NAME}>\n`],
    ['CRLF and a continued line', `curl \\\r\n  -H "X-API-KEY: ${K}"\r\n`, `curl \\\r\n  -H "X-API-KEY: $${NAME}"\r\n`],
    ['default', `A=\${X:-${K}}\n`, `A=\${X:-$${NAME}}\n`],
    ['default in quotes', `A="\${X-${K}}"\n`, `A="\${X-$${NAME}}"\n`],
    ['quoted default', `A=\${X:-"${K}"}\n`, `A=\${X:-"$${NAME}"}\n`],
    ['default in a header', `curl -H "X-API-KEY: \${X:-${K}}" https://api.stigg.io\n`, `curl -H "X-API-KEY: \${X:-$${NAME}}" https://api.stigg.io\n`],
    ['default of that very variable', `A="\${${NAME}:-${K}}"\n`, `A="\${${NAME}:?}"\n`],
    ['default that is assigned', `: \${${NAME}:=${K}}\n`, `: \${${NAME}:?}\n`],
    ['quoted default of that very variable', `A=\${${NAME}:-"${K}"}\n`, undefined],
    ['broken quotes elsewhere', `curl -H "X-API-KEY: ${K}"\nif [ "a\n`, `curl -H "X-API-KEY: $${NAME}"\nif [ "a\n`],
  ])('%s', async (_, before, after) => {
    expect((await repair(engine, 'scripts/a.sh', before)).fixed).toBe(after);
  });
});

describe('a key that is put together', () => {
  const A = `A="${K.slice(7, 43)}"\n`;
  const B = `export B='${K.slice(44)}'\n`;
  test.each([
    ['in quotes', `${A}KEY="server-$A${K.slice(43)}"\n`, `${A}KEY="$${NAME}"\n`],
    ['with braces', `${A}${B}KEY="server-\${A}:\${B}"\r\n`, `${A}${B}KEY="$${NAME}"\r\n`],
    ['without quotes', `${A}KEY=server-$A${K.slice(43)}\n`, `${A}KEY="$${NAME}"\n`],
    ['in quotes of several kinds', `${A}f server-"$A"':${K.slice(44)}'\n`, `${A}f "$${NAME}"\n`],
    ['of variables alone', `P=server\n${A}${B}KEY="$P-$A:$B"; echo "server-$x"\n`, `P=server\n${A}${B}KEY="$${NAME}"; echo "server-$x"\n`],
    ['of variables of variables', `${A}C="server-$A"\nKEY="$C${K.slice(43)}"\n`, `${A}C="server-$A"\nKEY="$${NAME}"\n`],
    ['in a header, beside something unknown', `${A}curl -H "X-API-KEY: server-$A${K.slice(43)}" -H "a: $1"\n`, `${A}curl -H "X-API-KEY: $${NAME}" -H "a: $1"\n`],
    ['in a here-document', `${A}cat <<EOF\nkey: server-$A${K.slice(43)}\nEOF\n`, `${A}cat <<EOF\nkey: $${NAME}\nEOF\n`],
  ])('%s', async (_, before, after) => {
    expect((await repair(engine, 'scripts/a.sh', before)).fixed).toBe(after);
  });

  test.each([
    ['a variable that is set twice', `${A}A=b\nKEY="server-$A${K.slice(43)}"\n`],
    ['a variable that is read', `${A}read -r A\nKEY="server-$A${K.slice(43)}"\n`],
    ['a variable that is added to', `${A}A+=b\nKEY="server-$A${K.slice(43)}"\n`],
    ['part of a variable', `${A}KEY="server-\${A%x}${K.slice(43)}"\n`],
    ['single quotes', `${A}KEY='server-$A${K.slice(43)}'\n`],
    ['itself', `A="server-$A:${K.slice(44)}${K.slice(7, 43)}"\n`],
    ['a word before', `${A}KEY="my-server-$A${K.slice(43)}"\n`],
  ])('not with %s', (_, text) => {
    expect(engine.scan({ path: 'a.sh', languageId: 'shellscript', text }, contextOf({}))).toEqual([]);
  });

  test('variables that double, and many of them, cost little', () => {
    const doubling = Array.from({ length: 60 }, (_, at) => `A${at}="$A${at + 1}$A${at + 1}"`).join('\n');
    const many = Array.from({ length: 20_000 }, (_, at) => `B${at}="server-$A$B${at + 1}"`).join('\n');
    const started = cpuNow();
    for (const text of [doubling, many, `"${'$A'.repeat(50_000)}"`, '"${A:-'.repeat(2_000)]) {
      expect(engine.scan({ path: 'a.sh', languageId: 'shellscript', text: `${A}server-"$A"\n${text}` }, contextOf({}))).toEqual([]);
    }
    expect(cpuNow() - started).toBeLessThan(10_000);
  });
});

describe('what holds a token', () => {
  test.each([
    [`curl -H "X-API-KEY: ${K}"`, ['X-API-KEY', 'H'].slice(0, 1)],
    [`stigg x --api-key ${K}`, ['api-key']],
    [`docker run -e STIGG_API_KEY=${K} img`, ['STIGG_API_KEY']],
    [`helm install x --set stigg-chart.serverApiKey=${K}`, ['serverApiKey']],
    [`export STIGG_API_KEY='${K}'`, ['STIGG_API_KEY']],
    [`KEY="\${STIGG_SERVER_API_KEY:-${K}}"`, ['STIGG_SERVER_API_KEY', 'KEY']],
    [`curl -H "X-API-KEY: \${KEY:-${K}}"`, ['KEY', 'X-API-KEY']],
  ])('%#', async (text, names) => {
    await parsed('a.sh', text, (source, language) => {
      const start = text.indexOf(K);
      expect(language.holderOf(source, { start, end: start + K.length }).use.names).toEqual(names);
    });
  });
});

test('facts', async () => {
  const { definitions, reads } = await factsOf('a.sh', `export STIGG_API_KEY=a
STIGG_SERVER_API_KEY=b cmd
STIGG_KEY=c
docker run -e NEXT_PUBLIC_STIGG_SERVER_API_KEY=d img # STIGG_X_KEY=e
echo '$HIDDEN' "$SHOWN" \${LONG:-x} \${{ secrets.ACTION }}
`);
  expect(definitions.map(({ name, isEnvironment }) => [name, isEnvironment])).toEqual([
    ['STIGG_API_KEY', true], ['STIGG_SERVER_API_KEY', true], ['STIGG_KEY', false], ['NEXT_PUBLIC_STIGG_SERVER_API_KEY', true],
  ]);
  expect(reads.map(({ variable }) => variable)).toEqual(['SHOWN', 'LONG', 'ACTION']);
});

test('commands', async () => {
  const commands = await parsed('a.sh', `FOO=1 /usr/bin/helm upgrade --set 'a b'=$X \\\n  -f "v $Y" | tee out\n$CMD z\nhelm --set k=\${{ secrets.K }} --foo\n`, (source, language) =>
    [...language.commands(source)].map(({ name, words }) => [name, ...words.map(({ text, variables }) => [text, ...variables.map(({ variable }) => variable)].join('|'))]));
  expect(commands).toEqual([
    ['helm', '/usr/bin/helm', 'upgrade', '--set', 'a b=$X|X', '-f', 'v $Y|Y'],
    ['tee', 'tee', 'out'],
    [undefined, '$CMD|CMD', 'z'],
    ['helm', 'helm', '--set', 'k=${{ secrets.K }}|K', '--foo'],
  ]);
});
