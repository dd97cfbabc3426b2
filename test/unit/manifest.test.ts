import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseSettings } from '../../src/project/settingsParser.js';

const repository = path.resolve(import.meta.dirname, '../..');
const manifest = JSON.parse(readFileSync(path.join(repository, 'package.json'), 'utf8')) as {
  capabilities: { untrustedWorkspaces: { supported: unknown; restrictedConfigurations: string[] } };
  contributes: { configuration: { properties: Record<string, { scope: string }> } } & Record<string, unknown>;
};
const settings = Object.entries(manifest.contributes.configuration.properties);
const ofScope = (scope: string): string[] => settings.flatMap(([name, setting]) => (setting.scope === scope ? [name] : []));

describe('settings, by who may change them', () => {
  it('a workspace changes nothing that says where keys go, where they are kept, or how long they can be read', () => {
    for (const name of ['api.endpoint', 'mcp.endpoint', 'mcp.enabled', 'vault.store', 'clipboard.clearAfterSeconds', 'requests.keyHeader']) expect(ofScope('application')).toContain(`stiggKeys.${name}`);
  });

  it('each is the person\'s alone, or a folder\'s that is trusted', () => {
    const ofFolders = [...ofScope('resource'), ...ofScope('window')];
    // A machine's settings can be set by a dev container: none is of that scope.
    expect(settings.map(([name]) => name).sort()).toEqual([...ofScope('application'), ...ofFolders].sort());
    const { supported, restrictedConfigurations } = manifest.capabilities.untrustedWorkspaces;
    expect(supported).toBe('limited');
    expect([...restrictedConfigurations].sort()).toEqual(ofFolders.sort());
  });
});

describe('what a workspace might want to say about keys', () => {
  const schema = JSON.parse(readFileSync(path.join(repository, 'media/stigg-keys.schema.json'), 'utf8')) as { properties: object; additionalProperties: boolean };

  it('the settings of a repository have no word for them', () => {
    expect(Object.keys(schema.properties).filter((name) => /endpoint|url|host|proxy|key|token|secret|vault|store|environment|command/i.test(name))).toEqual([]);
    expect(schema.additionalProperties).toBe(false);
    const text = JSON.stringify({ endpoint: 'https://evil.example', vault: { store: 'secretStorage' }, apiKey: 'x', 'stiggKeys.api.endpoint': 'https://evil.example' });
    const { problems, ...understood } = parseSettings('/repo/.stigg-keys.json', new TextEncoder().encode(text));
    expect(problems).toHaveLength(4);
    expect(JSON.stringify(understood)).not.toContain('evil');
  });
});

/** What the source never does, whatever a test happens to try. */
describe('the source', () => {
  const sources = readdirSync(path.join(repository, 'src'), { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.(?:ts|tsx)$/.test(file))
    .map((file) => [file.replaceAll('\\', '/'), readFileSync(path.join(repository, 'src', file), 'utf8')] as const);
  const holding = (pattern: RegExp): string[] => sources.flatMap(([file, text]) => (pattern.test(text) ? [file] : []));

  it('shows Markdown that can run commands in one hover, and names the two there', () => {
    expect(holding(/\bsupportHtml\s*=/)).toEqual([]);
    expect(holding(/\bisTrusted\s*=(?!=)/)).toEqual(['editor/injection/hover.ts']);
    const hover = sources.find(([file]) => file === 'editor/injection/hover.ts')?.[1];
    expect(hover).toContain("const COMMANDS = ['stiggKeys.openTerminal', 'stiggKeys.selectEnvironment'];");
    expect(hover).toContain('isTrusted = { enabledCommands: COMMANDS }');
  });

  it('puts no key where VS Code writes it down: collections of variables for all terminals', () => {
    expect(holding(/\benvironmentVariableCollection\b/)).toEqual([]);
  });

  it('sends no telemetry, and makes requests in a few files alone', () => {
    expect(holding(/createTelemetryLogger|appInsights|applicationinsights/i)).toEqual([]);
    const known = ['extension.ts', 'editor/wiring.ts', 'editor/runRequest/deps.ts', 'editor/web/browserFetch.ts', 'keys/graphqlApi.ts', 'keys/graphql/transport.ts', 'runRequest/send.ts'];
    const fetching = holding(/\bglobalThis\.fetch\b|\bfetch\(|from 'node:(?:http|https|net|tls|dgram|http2)'|\b(?:WebSocket|XMLHttpRequest|EventSource)\(/);
    // Words of the languages that are read and written, not calls of ours.
    expect(fetching.filter((file) => !/^(?:scan|snippets)\//.test(file) && !known.includes(file))).toEqual([]);
  });
});
