import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Engine } from '../../../src/scan/engine.js';
import type { Finding } from '../../../src/scan/finding.js';
import { languageIdFor } from '../../../src/scan/languages/index.js';
import { readVariableName } from '../../../src/scan/variables.js';
import { apply, clientKey, contextOf, preparedEngine, serverKey } from './support.js';

let engine: Engine;
beforeAll(async () => {
  engine = await preparedEngine();
});
afterAll(() => {
  engine.dispose();
});

const K = serverKey();

function scan(path: string, text: string, rule: string, dependencies: readonly string[] = []): Finding[] {
  return engine.scan({ path, languageId: languageIdFor(path), text }, contextOf({ dependencies })).filter((finding) => finding.rule === rule);
}

describe('server-key-in-public-env', () => {
  const places = (path: string, text: string, dependencies?: readonly string[]): string[] =>
    scan(path, text, 'server-key-in-public-env', dependencies).map(({ start, end }) => text.slice(start, end));

  test.each([
    ['NEXT_PUBLIC_STIGG_SERVER_API_KEY'], ['VITE_STIGG_SERVER_KEY'], ['REACT_APP_STIGG_SECRET_KEY'], ['EXPO_PUBLIC_STIGG_FULL_ACCESS_KEY'],
    ['PUBLIC_STIGG_SERVER_API_KEY'], ['NUXT_PUBLIC_STIGG_SERVER_API_KEY'], ['GATSBY_STIGG_BACKEND_KEY'], ['VUE_APP_STIGG_SERVER_TOKEN'], ['NX_PUBLIC_STIGG_SERVER_API_KEY'],
    ['NG_APP_STIGG_SERVER_API_KEY'], ['STORYBOOK_STIGG_SECRET'],
  ])('the name %s, defined and read', (name) => {
    expect(places('.env', `A=1\n${name}=\n`)).toEqual([name]);
    expect(places('.env.production', `export ${name}="x"\r\n`)).toEqual([name]);
    expect(places('src/a.ts', `const a = process.env.${name};\nconst b = import.meta.env['${name}'];\n`)).toEqual([name, name]);
  });

  test.each([
    ['Dockerfile', 'ENV', 'FROM x\nENV NEXT_PUBLIC_STIGG_SERVER_API_KEY=x\n'],
    ['Dockerfile', 'ENV, old', 'FROM x\nENV NEXT_PUBLIC_STIGG_SERVER_API_KEY x\n'],
    ['Dockerfile', 'ARG', 'FROM x\nARG NEXT_PUBLIC_STIGG_SERVER_API_KEY\n'],
    ['docker-compose.yml', 'a map', 'services:\n  web:\n    environment:\n      NEXT_PUBLIC_STIGG_SERVER_API_KEY: x\n'],
    ['docker-compose.yml', 'a list', 'services:\n  web:\n    environment:\n      - NEXT_PUBLIC_STIGG_SERVER_API_KEY=x\n'],
    ['.github/workflows/ci.yml', 'env of a step', 'jobs:\n  a:\n    steps:\n      - run: make\n        env:\n          NEXT_PUBLIC_STIGG_SERVER_API_KEY: ${{ secrets.K }}\n'],
    ['k8s/web.yaml', 'a container', 'spec:\n  containers:\n    - env:\n        - name: NEXT_PUBLIC_STIGG_SERVER_API_KEY\n          value: x\n'],
    ['netlify.toml', 'build.environment', '[build.environment]\nNEXT_PUBLIC_STIGG_SERVER_API_KEY = "x"\n'],
    ['vercel.json', 'env', '{ "env": { "NEXT_PUBLIC_STIGG_SERVER_API_KEY": "@stigg" } }\n'],
    ['deploy.sh', 'export', 'export NEXT_PUBLIC_STIGG_SERVER_API_KEY=x\n'],
    ['deploy.sh', 'echo', 'echo "NEXT_PUBLIC_STIGG_SERVER_API_KEY=$KEY" >> .env\n'],
    ['deploy.sh', 'echo without quotes', 'echo NEXT_PUBLIC_STIGG_SERVER_API_KEY="$KEY" > "apps/web/.env.production"\n'],
    ['deploy.sh', 'printf', "printf 'NEXT_PUBLIC_STIGG_SERVER_API_KEY=%s\\n' \"$KEY\" >> $DIR/.env.local\n"],
    ['deploy.sh', 'a group', '{ echo "A=1"; echo "NEXT_PUBLIC_STIGG_SERVER_API_KEY=$KEY"; } >> .env\n'],
    ['deploy.sh', 'tee', 'echo "NEXT_PUBLIC_STIGG_SERVER_API_KEY=$KEY" | tee -a .env\n'],
    ['deploy.sh', 'a here-document', 'cat > .env <<EOF\nA=1\nNEXT_PUBLIC_STIGG_SERVER_API_KEY=$KEY\nEOF\n'],
    ['deploy.sh', 'a here-document, the other way', 'cat <<EOF >> .env.local\nNEXT_PUBLIC_STIGG_SERVER_API_KEY=$KEY\nEOF\n'],
    ['.github/workflows/ci.yml', 'echo', 'jobs:\n  a:\n    steps:\n      - run: echo "NEXT_PUBLIC_STIGG_SERVER_API_KEY=${{ secrets.K }}" >> .env\n'],
    ['.github/workflows/ci.yml', 'the file of the runner', 'jobs:\n  a:\n    steps:\n      - run: |\n          echo "NEXT_PUBLIC_STIGG_SERVER_API_KEY=${{ steps.x.outputs.k }}" >> "$GITHUB_ENV"\n'],
    ['.github/workflows/ci.yml', 'build arguments', 'jobs:\n  a:\n    steps:\n      - uses: docker/build-push-action@v6\n        with:\n          build-args: |\n            A=1\n            NEXT_PUBLIC_STIGG_SERVER_API_KEY=${{ secrets.K }}\n'],
    ['.github/workflows/ci.yml', 'one build argument', 'jobs:\n  a:\n    steps:\n      - uses: docker/build-push-action@v6\n        with:\n          build-args: NEXT_PUBLIC_STIGG_SERVER_API_KEY=${{ secrets.K }}\n'],
    ['docker-compose.yml', 'build arguments', 'services:\n  web:\n    build:\n      args:\n        - NEXT_PUBLIC_STIGG_SERVER_API_KEY=x\n'],
    ['k8s/web.yaml', 'a container, from a secret', 'spec:\n  containers:\n    - env:\n        - name: NEXT_PUBLIC_STIGG_SERVER_API_KEY\n          valueFrom:\n            secretKeyRef:\n              name: stigg\n              key: server\n        - name: B\n          value: x\n'],
    ['k8s/web.yaml', 'a container, from a secret in one line', 'spec:\n  containers:\n    - env:\n        - name: NEXT_PUBLIC_STIGG_SERVER_API_KEY\n          valueFrom: { secretKeyRef: { name: stigg, key: server } }\n'],
    ['k8s/web.yaml', 'a container, the value first', 'spec:\n  containers:\n    - env:\n        - valueFrom:\n            secretKeyRef:\n              name: stigg\n              key: server\n          name: NEXT_PUBLIC_STIGG_SERVER_API_KEY\n'],
    ['render.yaml', 'a service', 'services:\n  - envVars:\n      - key: NEXT_PUBLIC_STIGG_SERVER_API_KEY\n        sync: false\n'],
    ['vercel.tf', 'a variable of a project', 'resource "vercel_project_environment_variable" "stigg" {\n  key   = "NEXT_PUBLIC_STIGG_SERVER_API_KEY"\n  value = var.stigg\n}\n'],
    ['vercel.tf', 'variables of a project', 'resource "vercel_project" "web" {\n  environment = [\n    {\n      value = var.stigg\n      key = "NEXT_PUBLIC_STIGG_SERVER_API_KEY"\n    },\n  ]\n}\n'],
    ['ecs.tf', 'a container', 'resource "aws_ecs_task_definition" "web" {\n  container_definitions = jsonencode([{\n    environment = [{ name = "NEXT_PUBLIC_STIGG_SERVER_API_KEY", value = var.stigg }]\n  }])\n}\n'],
    ['ecs.tf', 'a container, from a secret', 'resource "x" "y" {\n  container_definitions = jsonencode([{\n    secrets = [{ "name" : "NEXT_PUBLIC_STIGG_SERVER_API_KEY", "valueFrom" : var.arn }]\n  }])\n}\n'],
    ['run.tf', 'Cloud Run', 'resource "google_cloud_run_v2_service" "web" {\n  template {\n    containers {\n      env {\n        name = "NEXT_PUBLIC_STIGG_SERVER_API_KEY"\n        value_source {\n          secret_key_ref {\n            secret = "stigg"\n          }\n        }\n      }\n    }\n  }\n}\n'],
  ])('a definition in %s: %s', (path, _, text) => {
    expect(places(path, text)).toEqual(['NEXT_PUBLIC_STIGG_SERVER_API_KEY']);
  });

  test.each([
    ['.env', 'of a name that says neither', `VITE_STIGG_API_KEY=${K}\n`],
    ['.env', 'of any name', `NEXT_PUBLIC_BILLING='${K}'\n`],
    ['.env', 'of a publishable name', `NEXT_PUBLIC_STIGG_CLIENT_API_KEY=${K}\n`],
    ['.env', 'of a publishable name of Nx', `NX_STIGG_CLIENT_API_KEY=${K}\n`],
    ['.env', 'of a name with two prefixes', `NX_REACT_APP_BILLING_API_KEY=${K}\n`],
    ['docker-compose.yml', 'of a list', `services:\n  web:\n    environment:\n      - VITE_STIGG_API_KEY=${K}\n`],
    ['k8s/web.yaml', 'of a container', `spec:\n  containers:\n    - env:\n        - name: VITE_STIGG_API_KEY\n          value: "${K}"\n        - name: B\n          value: x\n`],
    ['.github/workflows/ci.yml', 'of a build argument', `jobs:\n  a:\n    steps:\n      - uses: docker/build-push-action@v6\n        with:\n          build-args: |\n            VITE_STIGG_API_KEY=${K}\n`],
    ['vercel.tf', 'of a project', `resource "vercel_project_environment_variable" "stigg" {\n  key   = "VITE_STIGG_API_KEY"\n  value = "${K}"\n}\n`],
    ['deploy.sh', 'of an env file', `echo "VITE_STIGG_API_KEY=${K}" >> .env\n`],
    ['vercel.json', 'of an object', `{ "build": { "env": { "VITE_STIGG_API_KEY": "${K}" } } }\n`],
  ])('the value in %s, %s', (path, _, text) => {
    expect(places(path, text)).toEqual([K]);
    expect(scan(path, text, 'hardcoded-server-key')).toEqual([]);
  });

  const N = 'NEXT_PUBLIC_STIGG_SERVER_API_KEY';
  test.each([
    ['a workflow', '.github/workflows/a.yml', `jobs:\n  a:\n    steps:\n      - run: make\n        env:\n          ${N}: \${{ secrets.${N} }}\n`],
    ['compose', 'docker-compose.yml', `services:\n  web:\n    environment:\n      - ${N}=\${${N}}\n`],
    ['a Dockerfile', 'Dockerfile', `FROM x\nENV ${N}=$${N}\n`],
    ['a script', 'a.sh', `export ${N}=$${N}\n`],
    ['an env file', 'a.sh', `echo "${N}=$${N}" >> .env\n`],
    ['an env file, quoted', 'a.sh', `echo ${N}="\${${N}}" >> .env\n`],
    ['a build argument of a workflow', '.github/workflows/a.yml', `jobs:\n  a:\n    steps:\n      - uses: docker/build-push-action@v6\n        with:\n          build-args: |\n            ${N}=\${{ secrets.${N} }}\n`],
    ['a build argument', 'a.sh', `docker build --build-arg ${N}=$${N} .\n`],
    ['a provider', 'src/A.tsx', `'use client';\nimport { StiggProvider } from '@stigg/react-sdk';\nexport const A = () => <StiggProvider apiKey={process.env.${N}} customerId={id} customerToken={token} />;\n`],
    ['a backend SDK', 'server/a.ts', `import Stigg from '@stigg/node-server-sdk';\nexport const stigg = Stigg.initialize({ apiKey: process.env.${N} });\nawait stigg.waitForInitialization();\n`],
    ['a validated environment', 'src/env.ts', `export const env = createEnv({ client: { ${N}: z.string() }, runtimeEnv: { ${N}: process.env.${N} } });\n`],
    ['Next.js', 'next.config.js', `module.exports = { env: { ${N}: process.env.${N} } };\n`],
    ['Python', 'app.py', `import os\nkey = os.environ["${N}"]\n`],
    ['Go', 'main.go', `package main\n\nimport "os"\n\nvar key = os.Getenv("${N}")\n`],
    ['Vue', 'src/A.vue', `<script setup lang="ts">\nconst key = import.meta.env.${N};\n</script>\n`],
    ['an example in Markdown', 'README.md', `# Stigg\n\n\`\`\`dotenv\n${N}=\n\`\`\`\n`],
    ['SvelteKit', 'src/lib/a.ts', "import { PUBLIC_STIGG_SERVER_API_KEY } from '$env/static/public';\nexport const key = PUBLIC_STIGG_SERVER_API_KEY;\n"],
  ])('one finding: %s', (_, path, text) => {
    const findings = engine.scan({ path, languageId: languageIdFor(path), text }, contextOf({}));
    expect(findings.map(({ rule }) => rule)).toEqual(['server-key-in-public-env']);
  });

  test('the value of a publishable name is wrong, not the name', () => {
    const renames = (name: string): number => scan('.env', `${name}=${K}\n`, 'server-key-in-public-env')[0]?.fixes.length ?? -1;
    expect(renames('VITE_STIGG_CLIENT_API_KEY')).toBe(0);
    expect(renames('VITE_STIGG_API_KEY')).toBe(2);
  });

  test.each([
    ['publishable', '.env', 'NEXT_PUBLIC_STIGG_CLIENT_API_KEY=\nVITE_STIGG_PUBLISHABLE_KEY=\n'],
    ['neither', '.env', `NEXT_PUBLIC_STIGG_API_KEY=\nVITE_STIGG_API_KEY=${clientKey()}\n`],
    ['no prefix', '.env', 'STIGG_SERVER_API_KEY=\nMY_NEXT_PUBLIC_STIGG_SERVER_API_KEY=\n'],
    ['a comment', '.env', '# NEXT_PUBLIC_STIGG_SERVER_API_KEY=\n#VITE_STIGG_SECRET_KEY=x\n'],
    ['somebody else', '.env', 'NEXT_PUBLIC_STIGG_API_KEY=\nVITE_FIREBASE_SERVER_KEY=\nVITE_SERVER_KEY=\nVITE_JWT_SECRET=\nNEXT_PUBLIC_CLERK_SECRET_KEY=\n'],
    ['an address', '.env', 'NEXT_PUBLIC_STIGG_SERVER_URL=\nVITE_STIGG_SERVER_KEY_ID=\nVITE_STIGG_BACKEND_HOST=\n'],
    ['signing', '.env', 'NEXT_PUBLIC_STIGG_SIGNING_SECRET=\nVITE_STIGG_WEBHOOK_SECRET=\n'],
    ['text', 'src/a.ts', "// NEXT_PUBLIC_STIGG_SERVER_API_KEY\nconst hint = 'never set NEXT_PUBLIC_STIGG_SERVER_API_KEY';\n"],
    ['a type', 'src/env.ts', 'const NEXT_PUBLIC_STIGG_SERVER_API_KEY = load();\n'],
    ['Nx on a server', 'apps/server/main.ts', "import express from 'express';\nconst key = process.env.NX_STIGG_SERVER_API_KEY;\n"],
    ['a comment of an env file', 'a.sh', 'cat > .env <<EOF\n# NEXT_PUBLIC_STIGG_SERVER_API_KEY=\nEOF\necho "# VITE_STIGG_SERVER_KEY=" >> .env\n'],
    ['words in another file', 'a.sh', 'echo "never set NEXT_PUBLIC_STIGG_SERVER_API_KEY=x" >> README.md\necho "NEXT_PUBLIC_STIGG_SERVER_API_KEY=x"\n'],
    ['a search', 'a.sh', 'grep "NEXT_PUBLIC_STIGG_SERVER_API_KEY=" src > .env.report\n'],
    ['a container', 'k8s.yaml', 'spec:\n  containers:\n    - env:\n        - name: NEXT_PUBLIC_STIGG_CLIENT_API_KEY\n          valueFrom:\n            secretKeyRef:\n              name: stigg\n        - name: STIGG_SERVER_API_KEY\n          valueFrom: { secretKeyRef: { name: stigg } }\n'],
    ['names that are no variables', 'a.tf', 'resource "x" "y" {\n  name = "NEXT_PUBLIC_STIGG_SERVER_API_KEY"\n}\n# key = "VITE_STIGG_SERVER_KEY" value = 1\nvariable "a" {\n  description = "not NEXT_PUBLIC_STIGG_SERVER_API_KEY"\n}\n'],
    ['a publishable variable of a project', 'a.tf', 'resource "vercel_project_environment_variable" "stigg" {\n  key   = "NEXT_PUBLIC_STIGG_CLIENT_API_KEY"\n  value = var.stigg_server_api_key\n}\n'],
    ['Nx in an env file', '.env', 'NX_STIGG_SERVER_API_KEY=\n'],
    ['Nx with its key', '.env', `NX_STIGG_SERVER_API_KEY=${K}\nNX_STIGG_API_KEY=${K}\nNX_STIGG_CLIENT_API_KEY=${clientKey()}\n`],
  ])('silent: %s', (_, path, text) => {
    expect(places(path, text)).toEqual([]);
  });

  test('a generic name counts where the document is about Stigg', () => {
    expect(places('.env', '# Stigg\nVITE_SERVER_API_KEY=\n')).toEqual(['VITE_SERVER_API_KEY']);
    expect(places('.env', '# billing\nVITE_SERVER_API_KEY=\n')).toEqual([]);
  });

  test('Nx in browser code', () => {
    expect(places('apps/web/src/Billing.tsx', "'use client';\nconst key = process.env.NX_STIGG_SERVER_API_KEY;\n")).toEqual(['NX_STIGG_SERVER_API_KEY']);
  });

  test('the fixes take the prefix off', () => {
    const text = 'A=1\r\nNEXT_PUBLIC_STIGG_SERVER_API_KEY="x" # y\r\n';
    const [everywhere, here] = scan('.env', text, 'server-key-in-public-env')[0]?.fixes ?? [];
    expect(everywhere).toMatchObject({ safety: 'unsafe', preferred: true, edits: [], action: { kind: 'renameVariable', from: 'NEXT_PUBLIC_STIGG_SERVER_API_KEY', to: 'STIGG_SERVER_API_KEY' } });
    expect(apply(text, here?.edits ?? [])).toBe('A=1\r\nSTIGG_SERVER_API_KEY="x" # y\r\n');
    const code = 'const key = import.meta.env.VITE_STIGG_SERVER_API_KEY!;\n';
    const fixes = scan('src/a.ts', code, 'server-key-in-public-env')[0]?.fixes ?? [];
    expect(apply(code, fixes[1]?.edits ?? [])).toBe('const key = import.meta.env.STIGG_SERVER_API_KEY!;\n');
  });
});

describe('exposed-signing-secret', () => {
  const places = (path: string, text: string, dependencies?: readonly string[]): string[] =>
    scan(path, text, 'exposed-signing-secret', dependencies).map(({ start, end }) => text.slice(start, end));

  test.each([
    ['src/A.tsx', "'use client';\nsign(process.env.NX_STIGG_SIGNING_TOKEN);\n", 'NX_STIGG_SIGNING_TOKEN'],
    ['src/A.tsx', "'use client';\nconst { STIGG_WEBHOOK_SECRET } = process.env;\n", 'STIGG_WEBHOOK_SECRET'],
    ['.env', 'VITE_STIGG_WEBHOOK_SECRET=x\n', 'VITE_STIGG_WEBHOOK_SECRET'],
    ['docker-compose.yml', 'services:\n  a:\n    environment:\n      REACT_APP_STIGG_SIGNING_TOKEN: x\n', 'REACT_APP_STIGG_SIGNING_TOKEN'],
    ['server/a.ts', 'const s = process.env.NEXT_PUBLIC_STIGG_SIGNING_TOKEN;\n', 'NEXT_PUBLIC_STIGG_SIGNING_TOKEN'],
    ['vite.config.ts', 'export default { define: { __S__: JSON.stringify(process.env.STIGG_SIGNING_TOKEN) } };\n', '__S__'],
  ])('%s: %s', (path, text, name) => {
    expect(places(path, text)).toEqual([name]);
    for (const rule of ['server-key-in-public-env', 'server-key-bundled']) expect(scan(path, text, rule)).toEqual([]);
  });

  test.each([
    ['on a server', 'server/a.ts', 'sign(process.env.STIGG_SIGNING_TOKEN);\n'],
    ['somewhere unknown', 'lib/a.ts', 'sign(process.env.STIGG_SIGNING_TOKEN);\n'],
    ["somebody else's", '.env', '# Stigg\nNEXT_PUBLIC_WEBHOOK_SECRET=\nVITE_STRIPE_WEBHOOK_SECRET=\nVITE_SIGNING_KEY=\n'],
    ['an address', '.env', 'NEXT_PUBLIC_STIGG_WEBHOOK_URL=\nVITE_STIGG_SIGNING_KEY_ID=\n'],
    ['a comment', '.env', '# VITE_STIGG_WEBHOOK_SECRET=\n'],
    ['the signed token', 'src/A.tsx', "'use client';\nexport const A = () => <StiggProvider customerToken={process.env.NEXT_PUBLIC_STIGG_CUSTOMER_TOKEN} />;\n"],
  ])('silent: %s', (_, path, text) => {
    expect(places(path, text)).toEqual([]);
  });
});

describe('placeholder-host', () => {
  const head = 'import io.stigg.client.okhttp.StiggOkHttpClient;\n\nclass A {\n  Object client(String key) {\n';
  const java = (body: string): string => `${head}    ${body}\n  }\n}\n`;
  const count = (text: string): number => scan('src/main/java/A.java', text, 'placeholder-host').length;

  test.each([
    ['one line', 'return StiggOkHttpClient.builder().apiKey(key).build();', 1],
    ['many lines', 'return StiggOkHttpClient.builder()\n        .apiKey(key)\n        .maxRetries(3)\n        .build();', 1],
    ['a base URL', 'return StiggOkHttpClient.builder().baseUrl(url()).apiKey(key).build();', 0],
    ['the environment', 'return StiggOkHttpClient.fromEnv();', 0],
    ['a builder that goes on elsewhere', 'StiggOkHttpClient.Builder b = StiggOkHttpClient.builder().apiKey(key); return configure(b).build();', 0],
    ['a builder from the environment', 'return StiggOkHttpClient.builder().fromEnv().build();', 0],
  ])('%s', (_, body, expected) => {
    expect(count(java(body))).toBe(expected);
  });
});

test.each([
  ['STIGG_SERVER_API_KEY', 'server'], ['stiggServerApiKey', 'server'], ['stigg.server-api-key', 'server'], ['STIGG_FULL_ACCESS_KEY', 'server'],
  ['STIGG_CLIENT_API_KEY', 'publishable'], ['STIGG_API_KEY', 'unspecific'], ['STIGG_WEBHOOK_SECRET', 'webhook'], ['NX_STIGG_SIGNING_TOKEN', 'signing'],
  ['STIGG_SERVER_API_KEY_ID', undefined], ['STIGG_SERVER_URL', undefined], ['apiKeysSecretName', undefined], ['STIGG_SECRET_ARN', undefined], ['API_KEY', undefined],
])('the name %s', (name, kind) => {
  expect(readVariableName(name)?.kind).toBe(kind);
});
