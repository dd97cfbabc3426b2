/**
 * Where programs that talk to MCP servers keep a person's own configuration, relative to the folders named here. They are read, never changed.
 *
 * Sources, each the program's own documentation: VS Code "Use MCP servers" (mcp.json of the user profile), Cursor "Model Context Protocol"
 * (~/.cursor/mcp.json), Claude Code "Connect to tools via MCP" and "Settings" (~/.claude.json, ~/.claude/settings.json), Claude Desktop's quickstart at
 * modelcontextprotocol.io (claude_desktop_config.json), Codex "MCP" (~/.codex/config.toml), Gemini CLI "Configuration" (~/.gemini/settings.json), Windsurf
 * "Cascade MCP Integration" (~/.codeium/windsurf/mcp_config.json), Zed "Model Context Protocol" (context_servers in settings.json), GitHub Copilot CLI
 * (~/.copilot/mcp-config.json). Claude Desktop is not offered on Linux: its path there is the one that its builds by others use.
 */
const IN_HOME = [
  '.cursor/mcp.json', '.claude.json', '.claude/settings.json', '.claude/settings.local.json', '.codex/config.toml', '.gemini/settings.json',
  '.codeium/windsurf/mcp_config.json', '.copilot/mcp-config.json',
];
const IN_CONFIG: Readonly<Record<Platform, readonly string[]>> = {
  darwin: ['Library/Application Support/Claude/claude_desktop_config.json', '.config/zed/settings.json'],
  linux: ['.config/Claude/claude_desktop_config.json', '.config/zed/settings.json'],
  win32: ['AppData/Roaming/Claude/claude_desktop_config.json', 'AppData/Roaming/Zed/settings.json'],
};
/** In workspaces: what the same programs read there. */
const ANYWHERE = /(?:^|\/)(?:\.vscode\/mcp|\.cursor\/mcp|\.mcp|\.claude\/settings(?:\.local)?|\.gemini\/settings|\.roo\/mcp|\.zed\/settings)\.json$|(?:^|\/)\.codex\/config\.toml$/;

type Platform = 'darwin' | 'linux' | 'win32';

/** Paths under the home folder, with `/`; those of Linux for platforms that are none of the three. */
export function configsInHome(platform: string): readonly string[] {
  return [...IN_HOME, ...IN_CONFIG[platform === 'darwin' || platform === 'win32' ? platform : 'linux']];
}

/** Whether the file is an MCP or editor configuration, by its path with `/`. */
export function isAgentConfig(path: string): boolean {
  return ANYWHERE.test(path) || [...IN_HOME, ...Object.values(IN_CONFIG).flat(), 'User/mcp.json'].some((known) => path.endsWith(`/${known}`)) || /\/User\/profiles\/[^/]+\/mcp\.json$/.test(path);
}
