import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A local MCP server as agents meet Stigg's: streamable HTTP, one tool. Of the keys it is shown it keeps the hashes alone. */
export interface McpEndpoint {
  readonly url: string;
  /** What was called, with the SHA-256 of the header `X-API-KEY` in hex; undefined where none was sent. */
  readonly calls: readonly { readonly method: string; readonly keyHash: string | undefined }[];
  close(): Promise<void>;
}

export function hashOf(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}

/** @param isAccepted whether the key of this hash is let in; all others get 401 */
export async function startMcpEndpoint(isAccepted: (keyHash: string) => boolean): Promise<McpEndpoint> {
  const calls: { method: string; keyHash: string | undefined }[] = [];
  const server = createServer((request, response) => {
    void (async () => {
      const key = request.headers['x-api-key'];
      const keyHash = typeof key === 'string' ? hashOf(key) : undefined;
      // No stream of the server's own: it has nothing to say unasked.
      if (request.method !== 'POST') {
        response.writeHead(request.method === 'DELETE' ? 200 : 405).end();
        return;
      }
      const message = JSON.parse(await bodyOf(request)) as { readonly id?: number; readonly method: string; readonly params?: { readonly protocolVersion?: string } };
      calls.push({ method: message.method, keyHash });
      if (keyHash === undefined || !isAccepted(keyHash)) {
        response.writeHead(401, { 'Content-Type': 'application/json' }).end(JSON.stringify({ code: 'Unauthenticated' }));
        return;
      }
      if (message.id === undefined) {
        response.writeHead(202).end();
        return;
      }
      response.writeHead(200, { 'Content-Type': 'application/json', 'Mcp-Session-Id': 'one' });
      response.end(JSON.stringify({ jsonrpc: '2.0', id: message.id, result: resultOf(message.method, message.params?.protocolVersion) }));
    })();
  });
  await new Promise<void>((resolve) => { server.listen(0, '127.0.0.1', resolve); });
  return {
    url: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}/mcp`,
    calls,
    close: () => new Promise((resolve) => {
      server.close(() => { resolve(); });
      server.closeAllConnections();
    }),
  };
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}

function resultOf(method: string, protocolVersion = '2025-06-18'): object {
  if (method === 'initialize') return { protocolVersion, capabilities: { tools: {} }, serverInfo: { name: 'stigg-like', version: '1.0.0' } };
  if (method === 'tools/list') return { tools: [{ name: 'list_plans', description: 'Lists plans', inputSchema: { type: 'object', properties: {} } }] };
  return {};
}
