import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Engine } from '../../../src/scan/engine.js';
import type { Finding } from '../../../src/scan/finding.js';
import { languageIdFor } from '../../../src/scan/languages/index.js';
import { apply, contextOf, preparedEngine } from './support.js';
import { cpuNow } from '../../tools/cpu.js';

let engine: Engine;
beforeAll(async () => {
  engine = await preparedEngine();
});
afterAll(() => {
  engine.dispose();
});

const RULE = 'key-on-command-line';
const K = '$STIGG_SERVER_API_KEY';

function scan(path: string, text: string): Finding[] {
  return engine.scan({ path, languageId: languageIdFor(path), text }, contextOf({})).filter(({ rule }) => rule === RULE);
}

const places = (path: string, text: string): string[] => scan(path, text).map(({ start, end }) => text.slice(start, end));

describe('shell scripts', () => {
  test.each([
    ['the CLI', 'stigg v1:customers list --api-key "$STIGG_API_KEY"', '$STIGG_API_KEY'],
    ['Helm', `helm upgrade --install sidecar stigg/sidecar --set serverApiKey=${K}`, K],
    ['docker run', `docker run -e STIGG_SERVER_API_KEY=${K} app`, K],
    ['docker run, another name', `docker run -e SERVER_API_KEY=\${STIGG_SERVER_API_KEY} public.ecr.aws/stigg/sidecar`, '${STIGG_SERVER_API_KEY}'],
    ['docker build', `docker build --build-arg KEY=${K} .`, K],
    ['a flag', `node report.js --key "${K}"`, K],
    ['a path', `./bin/report ${K}`, K],
    ['MCP', 'claude mcp add stigg --header "X-API-KEY: $STIGG_API_KEY" --transport http https://mcp.stigg.io', '$STIGG_API_KEY'],
    ['exec', `exec node report.js ${K}`, K],
    ['sudo', `sudo -u app node report.js ${K}`, K],
    ['env', `env A=1 node report.js ${K}`, K],
    ['after an assignment', `A=1 node report.js ${K}`, K],
    ['in a substitution', `OUT=$(node report.js ${K})`, K],
    ['in a pipe', `cat a | node report.js ${K} | tee b`, K],
    ['in a condition', `if node report.js ${K}; then echo yes; fi`, K],
    ['a default', 'node report.js "${STIGG_SERVER_API_KEY:-none}"', '${STIGG_SERVER_API_KEY:-none}'],
    ['a request to somebody else', `curl -H "X-API-KEY: ${K}" https://example.com/stigg`, K],
    ['a query', `curl "https://api.stigg.io/?key=${K}"`, K],
    ['several lines', `docker run \\\n  --rm \\\n  -e A=${K} \\\n  app`, K],
    ['the generic name', 'docker run -e SERVER_API_KEY=$SERVER_API_KEY public.ecr.aws/stigg/sidecar', '$SERVER_API_KEY'],
  ])('%s', (_, text, place) => {
    expect(places('a.sh', `#!/bin/sh\n${text}\n`)).toEqual([place]);
    expect(places('a.sh', `#!/bin/sh\r\n${text}\r\n`.replaceAll('\\\n', '\\\r\n'))).toEqual([place]);
  });

  test.each([
    ['export', `export STIGG_API_KEY=${K}`],
    ['an assignment', `STIGG_API_KEY=${K}`],
    ['an assignment before a command', `STIGG_API_KEY=${K} node report.js`],
    ['env', `env STIGG_API_KEY=${K} node report.js`],
    ['cross-env', `cross-env STIGG_API_KEY=${K} node report.js`],
    ['test', `[ -n "${K}" ] && test -n "${K}" && [[ -n ${K} ]]`],
    ['echo and printf', `echo "${K}"; printf '%s' "${K}"`],
    ['GitHub mask', `echo "::add-mask::${K}"`],
    ['the standard input', `echo "${K}" | gh secret set STIGG_SERVER_API_KEY`],
    ['a here-string', `gh secret set A <<< "${K}"`],
    ['a here-document', `cat > .env <<EOF\nSTIGG_SERVER_API_KEY=${K}\nEOF`],
    ['curl', `curl -sS -H 'accept: */*' -H "X-API-KEY: ${K}" https://api.stigg.io/api/v1/customers`],
    ['curl, joined option', `curl -H"X-API-KEY: ${K}" --header="X-API-KEY: ${K}" https://edge.api.stigg.io`],
    ['curl, address in a variable', `curl -H "X-API-KEY: ${K}" "$STIGG_URL/api/v1/customers"`],
    ['curl, wrong header', `curl -H "Authorization: Bearer ${K}" https://api.stigg.io/graphql`],
    ['wget', `wget --header="X-API-KEY: ${K}" https://api.stigg.io/api/v1/plans`],
    ['HTTPie', `http POST https://api.stigg.io/graphql "X-API-KEY:${K}"`],
    ['xh', `xh get https://api.stigg.io/api/v1/plans X-API-KEY:${K}`],
    ['curl in a substitution of an argument', `node report.js "$(curl -H "X-API-KEY: ${K}" https://api.stigg.io/api/v1/plans)"`],
    ['single quotes', `node report.js '${K}'`],
    ['the length', 'node report.js "${#STIGG_SERVER_API_KEY}"'],
    ['whether it is set', 'node report.js ${STIGG_SERVER_API_KEY:+--yes}'],
    ['the beginning', 'node report.js "${STIGG_SERVER_API_KEY:0:8}…"'],
    ['the name alone', 'docker run -e STIGG_SERVER_API_KEY app'],
    ['a function', `report() {\n  STIGG_API_KEY="$1" node report.js\n}\nreport "${K}"`],
    ['a variable for the program', `"$RUN" ${K}`],
    ['a redirection', `node report.js > "${K}"`],
    ['a comment', `# node report.js ${K}`],
    ['a publishable key', 'docker build --build-arg K=$STIGG_CLIENT_API_KEY --build-arg N=$NEXT_PUBLIC_STIGG_API_KEY .'],
    ['a signing secret', 'node sign.js $STIGG_CUSTOMER_TOKEN_SIGNING_SECRET $STIGG_WEBHOOK_SECRET'],
    ['no key', 'node report.js $STIGG_BASE_URL $STIGG_SERVER_URL $STIGG_ENVIRONMENT_ID'],
    ["somebody else's", '# Stigg\ndocker run -e A=$STRIPE_SECRET_KEY -e B=$SERVER_KEY app'],
  ])('silent: %s', (_, text) => {
    expect(places('a.sh', `#!/bin/sh\n${text}\n`)).toEqual([]);
  });

  test.each([
    ['-e', `docker run -e STIGG_SERVER_API_KEY=${K} app`, 'docker run -e STIGG_SERVER_API_KEY app'],
    ['-e, quoted', `docker run -e "STIGG_SERVER_API_KEY=${K}" app`, 'docker run -e STIGG_SERVER_API_KEY app'],
    ['--env, braces', 'podman run --env=STIGG_API_KEY=${STIGG_API_KEY} app', 'podman run --env=STIGG_API_KEY app'],
    ['--build-arg', `docker build --build-arg STIGG_SERVER_API_KEY="${K}" .`, 'docker build --build-arg STIGG_SERVER_API_KEY .'],
    ['another name', `docker run -e SERVER_API_KEY=${K} app`, undefined],
    ['part of it', `docker run -e STIGG_SERVER_API_KEY=x${K} app`, undefined],
    ['an argument of the app', `docker run app STIGG_SERVER_API_KEY=${K}`, undefined],
    ['--api-key', 'stigg v1:customers list --api-key "$STIGG_API_KEY" --limit 5', 'stigg v1:customers list --limit 5'],
    ['--api-key=', 'stigg --api-key=$STIGG_API_KEY v1:customers list', 'stigg v1:customers list'],
    ['--api-key with another variable', `stigg --api-key ${K} v1:customers list`, undefined],
    ['another program', 'other --api-key $STIGG_API_KEY', undefined],
  ])('fix of %s', (_, before, after) => {
    const [finding] = scan('a.sh', `${before}\n`);
    expect(finding).toBeDefined();
    const edits = finding?.fixes[0]?.edits;
    expect(edits === undefined ? undefined : apply(`${before}\n`, edits)).toBe(after === undefined ? undefined : `${after}\n`);
    if (after !== undefined) expect(scan('a.sh', `${after}\n`)).toEqual([]);
  });
});

describe('other files', () => {
  const step = (run: string): string => `jobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:\n      - run: ${run}\n`;

  test.each([
    ['GitHub, one line', '.github/workflows/a.yml', step('node report.js --key ${{ secrets.STIGG_SERVER_API_KEY }} --dry'), '${{ secrets.STIGG_SERVER_API_KEY }}'],
    ['GitHub, joined', '.github/workflows/a.yml', step('helm upgrade a b --set serverApiKey=${{ secrets.STIGG_SERVER_API_KEY }}'), '${{ secrets.STIGG_SERVER_API_KEY }}'],
    ['GitHub, quoted', '.github/workflows/a.yml', step("|\n          echo a\n          node report.js '${{ secrets.STIGG_SERVER_API_KEY }}'\n          echo b"), '${{ secrets.STIGG_SERVER_API_KEY }}'],
    ['GitHub, variable', '.github/workflows/a.yml', step(`|\n          node report.js "${K}"`), K],
    ['GitLab', '.gitlab-ci.yml', `deploy:\n  script:\n    - node report.js ${K}\n`, K],
    ['Makefile', 'Makefile', 'report:\n\tnode report.js $(STIGG_SERVER_API_KEY)\n', '$(STIGG_SERVER_API_KEY)'],
    ['Dockerfile', 'Dockerfile', `FROM node\nARG STIGG_SERVER_API_KEY\nRUN node report.js ${K}\n`, K],
    ['Markdown', 'README.md', `# Stigg\n\n\`\`\`sh\nnode report.js ${K}\n\`\`\`\n`, K],
    ['PowerShell', 'a.ps1', 'node report.js --key $env:STIGG_SERVER_API_KEY\n', '$env:STIGG_SERVER_API_KEY'],
  ])('%s', (_, path, text, place) => {
    expect(places(path, text)).toEqual([place]);
  });

  test.each([
    ['GitHub, environment', '.github/workflows/a.yml', 'jobs:\n  a:\n    steps:\n      - run: node report.js\n        env:\n          STIGG_SERVER_API_KEY: ${{ secrets.STIGG_SERVER_API_KEY }}\n'],
    ['GitHub, curl', '.github/workflows/a.yml', step('curl -H "X-API-KEY: ${{ secrets.STIGG_SERVER_API_KEY }}" https://api.stigg.io/api/v1/plans')],
    ['GitHub, echo', '.github/workflows/a.yml', step('echo "STIGG_API_KEY=${{ secrets.STIGG_API_KEY }}" >> "$GITHUB_ENV"')],
    ['GitHub, export', '.github/workflows/a.yml', step('export STIGG_API_KEY=${{ secrets.STIGG_API_KEY }}')],
    ['PowerShell, a cmdlet', 'a.ps1', 'Invoke-RestMethod -Uri https://api.stigg.io/graphql -Headers @{ "X-API-KEY" = $env:STIGG_SERVER_API_KEY }\nWrite-Host $env:STIGG_SERVER_API_KEY\n'],
    ['PowerShell, an assignment', 'a.ps1', '$env:STIGG_API_KEY = $env:STIGG_SERVER_API_KEY\n'],
    ['code', 'src/a.ts', 'const key = process.env.STIGG_SERVER_API_KEY; // node a.js $STIGG_SERVER_API_KEY\n'],
  ])('silent: %s', (_, path, text) => {
    expect(places(path, text)).toEqual([]);
  });

  test('many commands stay cheap', () => {
    const text = `node a.js "$(b "$(c ${K})")" ${K}\n`.repeat(1_500);
    const started = cpuNow();
    expect(scan('a.sh', text)).toHaveLength(3_000);
    expect(cpuNow() - started).toBeLessThan(20_000);
  });
});
