import { describe, expect, test } from 'vitest';
import { serverKey } from '../support.js';
import { parsed } from './repair.js';

const K = serverKey();

/** The kind, the names, and the Stigg side of what holds the key. */
async function holder(path: string, text: string): Promise<[string, readonly string[], string?]> {
  const start = text.indexOf(K);
  return parsed(path, text, (source, language) => {
    const { kind, use } = language.holderOf(source, { start, end: start + K.length });
    return use.stiggInit === undefined ? [kind, use.names] : [kind, use.names, use.stiggInit];
  });
}

const compose = `services:\n  stigg:\n    image: public.ecr.aws/stigg/sidecar:latest\n    environment:\n`;
const container = `spec:\n  containers:\n    - name: sidecar\n      image: "public.ecr.aws/stigg/sidecar:v1"\n      env:\n        - name: SERVER_API_KEY\n          value: ${K}\n`;
const mcp = (url: string) => `{"mcpServers":{"stigg":{"url":"${url}","headers":{"X-API-KEY":"${K}"}}}}`;

const rows: [string, string, string, string, readonly string[], string?][] = [
  ['JSON pair', 'a.json', `{"a": {"b": "${K}"}}`, 'text', ['b', 'a']],
  ['JSON list', 'a.json', `{"keys": ["x", "${K}"]}`, 'text', ['keys']],
  ['JSON key', 'a.json', `{"${K}": 1}`, 'text', []],
  ['JSON comment', 'a.jsonc', `{ // ${K}\n}`, 'comment', []],
  ['JSON block comment', 'a.json', `{ /* ${K} */ }`, 'comment', []],
  ['JSON cut off', 'a.json', `{"a": {"b": "${K}`, 'text', []],
  ['JSON name and value', 'task.json', `{"environment": [{"name": "KEY", "value": "${K}"}]}`, 'text', ['KEY', 'value', 'environment']],
  ['JSON trailing comma', 'a.json', `{"a": ["${K}",],}`, 'text', ['a']],
  ['MCP server', '.mcp.json', mcp('https://mcp.stigg.io'), 'text', ['X-API-KEY', 'headers', 'stigg', 'mcpServers'], 'backend'],
  ['MCP server in READMEs', '.mcp.json', mcp('https://stigg-mcp.stlmcp.com/mcp'), 'text', ['X-API-KEY', 'headers', 'stigg', 'mcpServers'], 'backend'],
  ['MCP server of others', '.mcp.json', mcp('https://mcp.stigg.io.example.com'), 'text', ['X-API-KEY', 'headers', 'stigg', 'mcpServers']],
  ['MCP package', '.vscode/mcp.json', `{"servers":{"s":{"command":"npx","args":["-y","@stigg/typescript-mcp@latest"],"env":{"STIGG_API_KEY":"${K}"}}}}`, 'text', ['STIGG_API_KEY', 'env', 's', 'servers'], 'backend'],
  ['MCP package of others', '.vscode/mcp.json', `{"servers":{"s":{"command":"npx","args":["-y","@stigg/typescript-mcp2"],"env":{"STIGG_API_KEY":"${K}"}}}}`, 'text', ['STIGG_API_KEY', 'env', 's', 'servers']],
  ['YAML pair', 'a.yaml', `a:\n  b: ${K}\n`, 'text', ['b', 'a']],
  ['YAML quoted', 'a.yaml', `"a":\n  'b': "${K}"\n`, 'text', ['b', 'a']],
  ['YAML flow', 'a.yaml', `a: {b: ${K}, c: [d]}\n`, 'text', ['b', 'a']],
  ['YAML list', 'a.yaml', `a:\n- x\n- ${K}\n`, 'text', ['a']],
  ['YAML key', 'a.yaml', `a:\n  "${K}": 1\n`, 'text', []],
  ['YAML comment', 'a.yaml', `a: b # ${K}\n`, 'comment', []],
  ['YAML comment, CRLF', 'a.yaml', `# ${K}\r\na: b\r\n`, 'comment', []],
  ['YAML hash in a value', 'a.yaml', `a: b#${K}\n`, 'text', ['a']],
  ['YAML anchor', 'a.yaml', `a: &x ${K}\nb: *x\n`, 'text', ['a']],
  ['YAML block', 'a.yaml', `data:\n  app.conf: |\n    key=${K}\n`, 'text', ['app.conf', 'data']],
  ['Kubernetes variable', 'deploy.yaml', `spec:\n  env:\n    - name: KEY\n      value: "${K}"\n`, 'text', ['KEY', 'value', 'env', 'spec']],
  ['Kubernetes variable, value first', 'deploy.yaml', `env:\n- value: ${K}\n  name: KEY\n`, 'text', ['KEY', 'value', 'env']],
  ['Compose list', 'compose.yaml', `services:\n  a:\n    environment:\n      - KEY=${K}\n`, 'text', ['KEY', 'environment', 'a', 'services']],
  ['Compose quoted list', 'compose.yaml', `services:\n  a:\n    environment: ["KEY=${K}"]\n`, 'text', ['KEY', 'environment', 'a', 'services']],
  ['sidecar in Compose', 'compose.yaml', `${compose}      SERVER_API_KEY: ${K}\n`, 'text', ['SERVER_API_KEY', 'environment', 'stigg', 'services'], 'backend'],
  ['sidecar in Compose, list', 'compose.yaml', `${compose}      - SERVER_API_KEY=${K}\n`, 'text', ['SERVER_API_KEY', 'environment', 'stigg', 'services'], 'backend'],
  ['sidecar in Kubernetes', 'deploy.yaml', container, 'text', ['SERVER_API_KEY', 'value', 'env', 'containers', 'spec'], 'backend'],
  ['another image', 'compose.yaml', `services:\n  a:\n    image: acme/api\n    environment:\n      SERVER_API_KEY: ${K}\n  stigg:\n    image: stigg/sidecar\n`, 'text', ['SERVER_API_KEY', 'environment', 'a', 'services']],
  ['Helm value', 'charts/stigg/values.yaml', `serverApiKey: ${K}\n`, 'text', ['serverApiKey'], 'backend'],
  ['Helm subchart', 'values.yaml', `stigg-chart:\n  serverApiKey: "${K}"\n`, 'text', ['serverApiKey', 'stigg-chart'], 'backend'],
  ['a chart of others', 'values.yaml', `serverApiKey: ${K}\n`, 'text', ['serverApiKey']],
  ['TOML table', 'wrangler.toml', `[vars]\nKEY = "${K}"\n`, 'text', ['KEY', 'vars']],
  ['TOML dotted', 'a.toml', `a.b = '${K}'\n`, 'text', ['b', 'a']],
  ['TOML inline', 'a.toml', `[x.y]\na = { b = "${K}" }\n`, 'text', ['b', 'a', 'y', 'x']],
  ['TOML comment', 'a.toml', `a = 1 # ${K}\n`, 'comment', []],
  ['MCP server in TOML', '.codex/config.toml', `[mcp_servers.stigg]\nurl = "https://mcp.stigg.io"\nhttp_headers = { "X-API-KEY" = "${K}" }\n`, 'text', ['X-API-KEY', 'http_headers', 'stigg', 'mcp_servers'], 'backend'],
  ['dotenv', '.env.local', `A=1\nexport KEY="${K}"\n`, 'text', ['KEY']],
  ['dotenv comment', '.env', `#KEY=${K}\n`, 'comment', []],
  ['dotenv comment behind', '.env', `A=1 # ${K}\n`, 'comment', []],
  ['dotenv comment behind quotes', '.env', `A="1" # ${K}\n`, 'comment', []],
  ['dotenv hash in quotes', '.env', `A="1 # ${K}"\n`, 'text', ['A']],
  ['dotenv stray', '.dev.vars', `${K}\n`, 'text', []],
  ['INI', 'a.ini', `[stigg]\r\nkey = ${K}\r\n`, 'text', ['key', 'stigg']],
  ['INI comment', 'a.cfg', `; ${K}\n`, 'comment', []],
  ['properties', 'a.properties', `stigg.key: ${K}\n`, 'text', ['stigg.key']],
  ['properties have no comment behind', 'a.properties', `stigg.key=a #${K}\n`, 'text', ['stigg.key']],
  ['Dockerfile ENV', 'Dockerfile', `FROM a\nENV A=1 \\\n    KEY="${K}"\n`, 'text', ['KEY']],
  ['Dockerfile old ENV', 'Dockerfile.prod', `ENV KEY ${K}\n`, 'text', ['KEY']],
  ['Dockerfile ARG', 'api.dockerfile', `ARG KEY=${K}\r\n`, 'text', ['KEY']],
  ['Dockerfile comment', 'Containerfile', `# ENV KEY=${K}\n`, 'comment', []],
  ['Dockerfile LABEL', 'Dockerfile', `LABEL key=${K}\n`, 'text', []],
  ['Makefile', 'Makefile', `export KEY := ${K}\n`, 'text', ['KEY']],
  ['Makefile target', 'a.mk', `all: KEY = ${K}\n`, 'text', ['KEY']],
  ['Makefile comment', 'Makefile', `A = 1 # ${K}\n`, 'comment', []],
  ['Terraform attribute', 'a.tf', `resource "x" "y" {\n  key = "${K}"\n}\n`, 'code', ['key', 'y', 'x', 'resource']],
  ['Terraform map', 'a.tf', `locals {\n  m = {\n    "K" = "${K}"\n  }\n}\n`, 'code', ['K', 'm', 'locals']],
  ['Terraform variable', 'a.tf', `variable "stigg_key" {\n  default = "${K}"\n}\n`, 'code', ['default', 'stigg_key', 'variable']],
  ['Terraform values', 'prod.tfvars', `stigg_key = "${K}"\n`, 'code', ['stigg_key']],
  ['Terraform comment', 'a.tf', `// ${K}\n`, 'comment', []],
  ['request header', 'a.http', `GET https://api.stigg.io/api/v1/x\nX-API-KEY: ${K}\n`, 'text', ['X-API-KEY']],
  ['request variable', 'a.rest', `@key = ${K}\n`, 'text', ['key']],
  ['request comment', 'a.http', `### ${K}\n`, 'comment', []],
];

test.each(rows)('%s', async (_, path, text, kind, names, side) => {
  expect(await holder(path, text)).toEqual(side === undefined ? [kind, names] : [kind, names, side]);
});

describe('where a text cannot be parsed', () => {
  test.each(['a.json', 'a.yaml', 'a.toml', 'a.tf'])('%s', async (path) => {
    await parsed(path, `a: "${K}"`, (source, language) => {
      const bare = { ...source, syntax: undefined };
      expect(language.holderOf(bare, { start: 4, end: 4 + K.length }).kind).toBe('text');
      expect(language.inComment(bare, 4)).toBe(false);
    });
  });
});
