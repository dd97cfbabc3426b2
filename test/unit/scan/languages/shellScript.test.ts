import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Engine } from '../../../../src/scan/engine.js';
import { preparedEngine, serverKey } from '../support.js';
import { factsOf, parsed, repair } from './repair.js';

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
