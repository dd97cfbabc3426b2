import { parse } from 'jsonc-parser';
import { describe, expect, it, test } from 'vitest';
import { isVSCodeMcp, stiggEntryAt } from '../../../src/agents/mcpFile.js';
import { applied } from '../../../src/editor/usages/plan.js';
import { isAgentConfig } from '../../../src/editor/usages/agentConfigs.js';

describe('files that VS Code reads its servers from', () => {
  test.each([
    ['/w/.vscode/mcp.json', true], ['.vscode/mcp.json', true], ['/home/a/.config/Code/User/mcp.json', true], ['/home/a/.config/Code/User/profiles/1f/mcp.json', true],
    ['/w/.cursor/mcp.json', false], ['/w/.mcp.json', false], ['/w/mcp.json', false], ['/w/x.vscode/mcp.json', false], ['/w/.vscode/mcp.json.bak', false], ['/w/User/a/mcp.json', false],
  ])('%s: %s', (path, is) => {
    expect(isVSCodeMcp(path)).toBe(is);
    if (is) expect(isAgentConfig(path.startsWith('/') ? path : `/${path}`)).toBe(true);
  });
});

/** `<>` marks the offset. */
function at(text: string): { readonly text: string; readonly offset: number } {
  const offset = text.indexOf('<>');
  return { text: text.replace('<>', ''), offset };
}

const STIGG = '{"url":"https://mcp.stigg.io","headers":{"X-API-KEY":"<>K"}}';

describe('Stigg\'s entry', () => {
  test.each([
    ['alone', `{"servers":{"stigg":${STIGG}}}`, {}],
    ['the first', `{"servers":{"stigg":${STIGG},"b":{"url":"https://b"}}}`, { b: { url: 'https://b' } }],
    ['the last', `{"servers":{"b":{"url":"https://b"},"stigg":${STIGG}}}`, { b: { url: 'https://b' } }],
    ['with comments and a comma at the end', `{\n  // mine\n  "servers": {\n    "stigg": ${STIGG},\n    "b": {}, // other\n  },\n}\n`, { b: {} }],
    ['with its type', '{"servers":{"s":{"type":"http","url":"https://mcp.stigg.io/mcp","headers":{"x-api-key":"<>K"}}}}', {}],
    ['under a hostile name', `{"servers":{"a\\"b/../\\u0000":${STIGG},"__proto__x":{}}}`, { __proto__x: {} }],
    ['in a file with inputs', `{"inputs":[{"id":"k"}],"servers":{"s":${STIGG}}}`, {}],
  ])('%s goes, and nothing else', (_what, marked, servers) => {
    const { text, offset } = at(marked);
    const entry = stiggEntryAt(text, offset);
    if (entry === undefined) throw new Error('no entry');
    expect(offset).toBeGreaterThanOrEqual(entry.start);
    expect(offset).toBeLessThan(entry.end);
    const after = applied(text, entry.removal);
    expect(after).not.toContain('"K"');
    expect(parse(after)).toEqual({ ...(parse(text) as object), servers });
    if (text.includes('//')) expect(after.match(/\/\/ \w+/g)).toEqual(text.match(/\/\/ \w+/g));
  });

  test.each([
    ['of another host', '{"servers":{"s":{"url":"https://example.com","headers":{"X-API-KEY":"<>K"}}}}'],
    ['of a host that begins like it', '{"servers":{"s":{"url":"https://mcp.stigg.io.example.com","headers":{"X-API-KEY":"<>K"}}}}'],
    ['with another header', '{"servers":{"s":{"url":"https://mcp.stigg.io","headers":{"X-API-KEY":"<>K","X-ENVIRONMENT-ID":"1"}}}}'],
    ['with settings that would be lost', '{"servers":{"s":{"url":"https://mcp.stigg.io","headers":{"X-API-KEY":"<>K"},"dev":{}}}}'],
    ['that runs on this machine', '{"servers":{"s":{"command":"npx","args":["@stigg/typescript-mcp"],"env":{"STIGG_API_KEY":"<>K"}}}}'],
    ['in another list', `{"mcpServers":{"stigg":${STIGG}}}`],
    ['twice of one name', `{"servers":{"s":{"url":"https://mcp.stigg.io","headers":{}},"s":${STIGG}}}`],
    ['outside of the servers', `{"inputs":[{"default":"<>K"}],"servers":{"s":{"url":"https://mcp.stigg.io","headers":{}}}}`],
    ['that is a list', '{"servers":{"s":["https://mcp.stigg.io","<>K"]}}'],
    ['in a text that is no JSON', 'X-API-KEY: <>K'],
    ['in nothing', '<>'],
  ])('%s stays', (_what, marked) => {
    const { text, offset } = at(marked);
    expect(stiggEntryAt(text, offset)).toBeUndefined();
  });

  it('is looked for in a bounded list', () => {
    const many = Object.fromEntries(Array.from({ length: 20_000 }, (_, index) => [`s${String(index)}`, {}]));
    const text = JSON.stringify({ servers: { ...many, stigg: { url: 'https://mcp.stigg.io', headers: { 'X-API-KEY': 'K' } } } });
    expect(stiggEntryAt(text, text.indexOf('"K"'))).toBeUndefined();
  });
});
