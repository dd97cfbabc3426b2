import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Engine } from '../../../../src/scan/engine.js';
import { contextOf, preparedEngine, serverKey } from '../support.js';
import { repair } from './repair.js';

let engine: Engine;
beforeAll(async () => {
  engine = await preparedEngine();
});
afterAll(() => {
  engine.dispose();
});

const K = serverKey();
const NAME = 'STIGG_SERVER_API_KEY';
const WORKFLOW = '.github/workflows/ci.yml';

describe('a key is replaced by the format\'s own look-up', () => {
  test.each<[string, string, string, string]>([
    ['Compose map', 'docker-compose.yml', `services:\n  a:\n    environment:\n      KEY: ${K}\n`, `services:\n  a:\n    environment:\n      KEY: \${${NAME}}\n`],
    ['Compose, quotes and CRLF', 'compose.prod.yaml', `services:\r\n  a:\r\n    environment:\r\n      KEY: "${K}" # why\r\n`, `services:\r\n  a:\r\n    environment:\r\n      KEY: "\${${NAME}}" # why\r\n`],
    ['Compose list', 'compose.yaml', `environment:\n  - ${NAME}=${K}\n`, `environment:\n  - ${NAME}=\${${NAME}}\n`],
    ['Compose flow map', 'compose.yaml', `environment: {KEY: ${K}, B: c}\n`, `environment: {KEY: "\${${NAME}}", B: c}\n`],
    ['Compose flow list', 'compose.yaml', `environment: [KEY=${K}]\n`, `environment: ["KEY=\${${NAME}}"]\n`],
    ['Compose default', 'compose.yaml', `environment:\n  A: \${X:-${K}}\n`, `environment:\n  A: \${X:-\${${NAME}}}\n`],
    ['Compose default of that very variable', 'compose.yaml', `environment:\n  - A=\${${NAME}-${K}}\n`, `environment:\n  - A=\${${NAME}}\n`],
    ['workflow variable', WORKFLOW, `env:\n  KEY: ${K}\n`, `env:\n  KEY: \${{ secrets.${NAME} }}\n`],
    ['workflow input', WORKFLOW, `jobs:\n  a:\n    steps:\n      - uses: a/b@v1\n        with:\n          key: '${K}'\n`, `jobs:\n  a:\n    steps:\n      - uses: a/b@v1\n        with:\n          key: '\${{ secrets.${NAME} }}'\n`],
    ['GitLab variable', '.gitlab-ci.yml', `variables:\n  KEY: ${K}\n`, `variables:\n  KEY: $${NAME}\n`],
    ['Azure variable', 'azure-pipelines.yml', `variables:\n  key: ${K}\n`, `variables:\n  key: $(${NAME})\n`],
    ['Serverless', 'serverless.yml', `provider:\n  environment:\n    KEY: ${K}\n`, `provider:\n  environment:\n    KEY: \${env:${NAME}}\n`],
    ['Spring YAML', 'src/main/resources/application-prod.yml', `stigg:\n  key: ${K}\n`, `stigg:\n  key: \${${NAME}}\n`],
    ['Spring properties', 'src/main/resources/application.properties', `stigg.key=${K}\r\n`, `stigg.key=\${${NAME}}\r\n`],
    ['VS Code', '.vscode/mcp.json', `{"servers":{"s":{"headers":{"X-API-KEY":"${K}"}}}}`, `{"servers":{"s":{"headers":{"X-API-KEY":"\${env:${NAME}}"}}}}`],
    ['VS Code, profile', 'User/profiles/abc/mcp.json', `{"servers":{"s":{"headers":{"X-API-KEY":"${K}"}}}}`, `{"servers":{"s":{"headers":{"X-API-KEY":"\${env:${NAME}}"}}}}`],
    ['Windsurf', '.codeium/windsurf/mcp_config.json', `{"mcpServers":{"s":{"headers":{"X-API-KEY":"${K}"}}}}`, `{"mcpServers":{"s":{"headers":{"X-API-KEY":"\${env:${NAME}}"}}}}`],
    ['Gemini CLI', '.gemini/settings.json', `{"mcpServers":{"s":{"headers":{"X-API-KEY":"${K}"}}}}`, `{"mcpServers":{"s":{"headers":{"X-API-KEY":"\${${NAME}}"}}}}`],
    ['Cursor', '.cursor/mcp.json', `{"mcpServers":{"s":{"env":{"KEY":"${K}"}}}}`, `{"mcpServers":{"s":{"env":{"KEY":"\${env:${NAME}}"}}}}`],
    ['Claude Code', '.mcp.json', `{"mcpServers":{"s":{"args":["--header","X-API-KEY: ${K}"]}}}`, `{"mcpServers":{"s":{"args":["--header","X-API-KEY: \${${NAME}}"]}}}`],
    ['dev container', '.devcontainer/devcontainer.json', `{\n  // c\n  "remoteEnv": { "KEY": "${K}", },\n}\n`, `{\n  // c\n  "remoteEnv": { "KEY": "\${localEnv:${NAME}}", },\n}\n`],
    ['Makefile', 'Makefile', `KEY := ${K}\n`, `KEY := $(${NAME})\n`],
    ['Makefile, own name', 'Makefile', `${NAME} := ${K}\n`, `${NAME} := $(${NAME})\n`],
    ['Terraform', 'main.tf', `resource "x" "y" {\n  key = "${K}"\n}\n`, `resource "x" "y" {\n  key = var.stigg_server_api_key\n}\n`],
    ['Terraform, part', 'main.tofu', `locals {\n  header = "X-API-KEY: ${K}"\n}\n`, 'locals {\n  header = "X-API-KEY: ${var.stigg_server_api_key}"\n}\n'],
    ['Terraform, here-document', 'main.tf', `locals {\n  a = <<-EOT\n    KEY=${K}\n  EOT\n}\n`, 'locals {\n  a = <<-EOT\n    KEY=${var.stigg_server_api_key}\n  EOT\n}\n'],
    ['Terraform, put together', 'main.tf', `locals {\n  a   = "${K.slice(7, 43)}"\n  key = "server-\${local.a}${K.slice(43)}"\n}\n`, `locals {\n  a   = "${K.slice(7, 43)}"\n  key = var.stigg_server_api_key\n}\n`],
    ['Terraform, put together of locals', 'main.tf', `locals {\n  a = "${K.slice(7, 43)}"\n}\nlocals {\n  b = "server-\${local.a}"\n}\nresource "x" "y" {\n  a = 1\n  header = "K: \${ local.b }${K.slice(43)}"\n}\n`, `locals {\n  a = "${K.slice(7, 43)}"\n}\nlocals {\n  b = "server-\${local.a}"\n}\nresource "x" "y" {\n  a = 1\n  header = "K: \${var.stigg_server_api_key}"\n}\n`],
    ['Terraform, put together in a here-document', 'main.tf', `locals {\n  a = "${K.slice(7, 43)}"\n  b = <<EOT\nKEY=server-\${local.a}${K.slice(43)}\nEOT\n}\n`, `locals {\n  a = "${K.slice(7, 43)}"\n  b = <<EOT\nKEY=\${var.stigg_server_api_key}\nEOT\n}\n`],
    ['request', 'a.http', `GET https://api.stigg.io\nX-API-KEY: ${K}\n`, `GET https://api.stigg.io\nX-API-KEY: {{$processEnv ${NAME}}}\n`],
    ['comment', 'a.yaml', `# ${K}\n`, `# <${NAME}>\n`],
    ['comment in JSON', 'a.jsonc', `{} // ${K}\n`, `{} // <${NAME}>\n`],
  ])('%s', async (_, path, before, after) => {
    expect((await repair(engine, path, before)).fixed).toBe(after);
  });
});

test.each([
  ['a local that is given twice', `locals {\n  a = "${K.slice(7, 43)}"\n}\nlocals {\n  a = "b"\n}\n`],
  ['no local', `module "x" {\n  a = "${K.slice(7, 43)}"\n}\n`],
  ['a local that is worked out', `locals {\n  a = upper("${K.slice(7, 43)}")\n}\n`],
])('not put together of %s', (_, head) => {
  const text = `${head}locals {\n  key = "server-\${local.a}${K.slice(43)}"\n}\n`;
  expect(engine.scan({ path: 'main.tf', languageId: 'terraform', text }, contextOf({}))).toEqual([]);
});

describe('none is offered', () => {
  test.each<[string, string, string]>([
    ['JSON', 'config.json', `{"key": "${K}"}`],
    ['Claude Desktop', 'claude_desktop_config.json', `{"mcpServers":{"s":{"env":{"KEY":"${K}"}}}}`],
    ['Compose, quoted default', 'compose.yaml', `environment:\n  A: "\${X:-'${K}'}"\n`],
    ['GitLab, default', '.gitlab-ci.yml', `variables:\n  A: \${X:-${K}}\n`],
    ['workflow, default', WORKFLOW, `env:\n  A: \${X:-${K}}\n`],
    ['Claude Code, default', '.mcp.json', `{"mcpServers":{"s":{"env":{"A":"\${X:-${K}}"}}}}`],
    ['outside of the servers', '.vscode/mcp.json', `{"inputs":[{"default":"${K}"}]}`],
    ['JSON key', '.mcp.json', `{"mcpServers":{"${K}":1}}`],
    ['JSON cut off', '.mcp.json', `{"mcpServers":{"a":"${K}`],
    ['Kubernetes', 'deploy.yaml', `env:\n  - name: KEY\n    value: ${K}\n`],
    ['Helm', 'values.yaml', `serverApiKey: ${K}\n`],
    ['composite action', '.github/actions/a/action.yml', `runs:\n  steps:\n    - uses: a/b@v1\n      with:\n        key: ${K}\n`],
    ['workflow, no secrets there', WORKFLOW, `jobs:\n  a:\n    if: ${K}\n`],
    ['workflow, block', WORKFLOW, `env:\n  KEY: |\n    ${K}\n`],
    ['GitLab, own name', '.gitlab-ci.yml', `variables:\n  ${NAME}: ${K}\n`],
    ['Azure, own name', 'azure-pipelines.yml', `variables:\n  ${NAME}: ${K}\n`],
    ['GitLab, elsewhere', '.gitlab-ci.yml', `image: ${K}\n`],
    ['YAML key', 'compose.yaml', `"${K}": 1\n`],
    ['Rails', 'config/application.yml', `KEY: ${K}\n`],
    ['TOML', 'wrangler.toml', `[vars]\nKEY = "${K}"\n`],
    ['INI', 'a.ini', `key = ${K}\n`],
    ['Dockerfile', 'Dockerfile', `ENV KEY=${K}\n`],
    ['Makefile, reads itself', 'Makefile', `${NAME} = ${K}\n`],
    ['Terraform values', 'prod.tfvars', `key = "${K}"\n`],
    ['Terraform default', 'main.tf', `variable "key" {\n  default = "${K}"\n}\n`],
    ['Terraform backend', 'main.tf', `terraform {\n  backend "s3" {\n    key = "${K}"\n  }\n}\n`],
    ['Terraform label', 'main.tf', `resource "x" "${K}" {\n}\n`],
  ])('%s', async (_, path, text) => {
    expect((await repair(engine, path, text)).fixed).toBeUndefined();
  });
});

describe('in a script of another language, by the script\'s look-up', () => {
  test.each<[string, string, string, RegExp]>([
    ['workflow step', WORKFLOW, `jobs:\n  a:\n    steps:\n      - run: |\n          export KEY="${K}"\n          b\n`, /run: \|\n {10}export KEY=.*STIGG_SERVER_API_KEY.*\n {10}b\n$/],
    ['step with expressions', WORKFLOW, `jobs:\n  a:\n    steps:\n      - run: a \${{ secrets.B }} && KEY="${K}" c\n`, /run: a \$\{\{ secrets\.B \}\} && KEY=.*STIGG_SERVER_API_KEY.* c\n$/],
    ['quoted step', WORKFLOW, `jobs:\n  a:\n    steps:\n      - run: 'KEY="${K}" b'\n`, /run: 'KEY=.*STIGG_SERVER_API_KEY.* b'\n$/],
    ['package script', 'package.json', `{"scripts":{"a":"KEY=\\"${K}\\" node a"}}`, /^\{"scripts":\{"a":"KEY=.*STIGG_SERVER_API_KEY.* node a"\}\}$/],
    ['recipe', 'Makefile', `all:\n\t@KEY="${K}" b\n`, /^all:\n\t@KEY=.*\$\$\{?STIGG_SERVER_API_KEY.* b\n$/],
    ['Dockerfile', 'Dockerfile', `RUN a && \\\n  KEY="${K}" b\n`, /^RUN a && \\\n {2}KEY=.*STIGG_SERVER_API_KEY.* b\n$/],
  ])('%s', async (_, path, before, after) => {
    expect((await repair(engine, path, before)).fixed).toMatch(after);
  });
});

test.each(['ini', 'properties', 'shellscript', 'plaintext', 'dotenv'])('an env file is one even where the editor takes it for %s', (languageId) => {
  // Only in env files is this a comment, for all of these.
  const text = `A="x" # stigg-keys-ignore-next-line unprotected-env-file\nKEY=${K}\n`;
  expect(engine.scan({ path: '.flaskenv', languageId, text }, { ...contextOf({}), isTracked: () => true })).toEqual([]);
});

test('a template that is no YAML', () => {
  const text = `{{- if .Values.a }}\nenv:\n  {{- range .b }}\n  KEY: "${K}"\n  {{- end }}\n# ${K}\n{{- end }}\n`;
  const findings = engine.scan({ path: 'templates/a.yaml', languageId: 'yaml', text }, contextOf({}));
  expect(findings.map(({ rule }) => rule)).toEqual(['hardcoded-server-key', 'hardcoded-server-key']);
  expect(findings[0]?.fixes).toEqual([]);
});
