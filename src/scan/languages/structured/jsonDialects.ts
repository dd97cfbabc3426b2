import type { Source } from '../../source.js';

/** A kind of JSON file whose reader puts environment variables into strings. */
interface Dialect {
  readonly path: RegExp;
  readonly expression: (variable: string) => string;
  /** Variables are read below any of these keys only. */
  readonly below: readonly string[];
}

const SERVERS = ['servers', 'mcpServers'];
const prefixed = (prefix: string) => (variable: string): string => `\${${prefix}${variable}}`;

/**
 * Source: VS Code's variables reference (`${env:NAME}` in mcp.json, also that of the user profile, tasks.json and launch.json), Cursor's MCP page (`${env:NAME}`),
 * Claude Code's MCP page (`${NAME}` in .mcp.json), Windsurf's MCP page (`${env:NAME}` in mcp_config.json), Gemini CLI's configuration page (`${NAME}` in
 * settings.json), and the dev container reference (`${localEnv:NAME}`). Claude Desktop reads none.
 */
const DIALECTS: readonly Dialect[] = [
  { path: /(?:^|\/)(?:\.vscode|\.cursor|User|User\/profiles\/[^/]+)\/mcp\.json$/i, expression: prefixed('env:'), below: SERVERS },
  { path: /(?:^|\/)\.codeium\/(?:windsurf\/)?mcp_config\.json$/i, expression: prefixed('env:'), below: SERVERS },
  { path: /(?:^|\/)\.gemini\/settings\.json$/i, expression: prefixed(''), below: SERVERS },
  { path: /(?:^|\/)\.mcp\.json$/i, expression: prefixed(''), below: SERVERS },
  { path: /(?:^|\/)\.vscode\/(?:tasks|launch)\.json$/i, expression: prefixed('env:'), below: ['tasks', 'configurations', 'options'] },
  { path: /(?:^|\/)(?:\.devcontainer\/(?:[^/]+\/)?devcontainer|\.devcontainer)\.json$/i, expression: prefixed('localEnv:'), below: ['containerEnv', 'remoteEnv', 'args', 'runArgs'] },
];

/** The dialect of the file; undefined for JSON that is only data. */
export function jsonDialect({ path }: Source): Dialect | undefined {
  return DIALECTS.find((dialect) => dialect.path.test(path));
}
