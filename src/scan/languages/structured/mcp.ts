/** Stigg's MCP server: hosted, and the package that runs it on this machine. Source: the configuration examples of Stigg's SDKs. */
const HOSTS = /^https?:\/\/(?:mcp\.stigg\.io|stigg-mcp\.stlmcp\.com)(?:[/:?#]|$)/i;
const PACKAGE = /^@stigg\/typescript-mcp(?:@|$)/;
const LISTS = new Set(['servers', 'mcpServers', 'mcp_servers', 'context_servers']);

/** Whether a server's `url`, `command` or argument says that it is Stigg's. */
export function isStiggMcp(value: string): boolean {
  return HOSTS.test(value) || PACKAGE.test(value);
}

/** Whether the names, innermost first, lead to the key of an entry in a list of MCP servers: its header or its variable. */
export function isMcpKey(names: readonly string[]): boolean {
  const [name = '', block = ''] = names;
  if (!names.slice(2).some((outer) => LISTS.has(outer))) return false;
  return (/^x-api-key$/i.test(name) && /headers$/i.test(block)) || (name === 'STIGG_API_KEY' && block === 'env');
}
