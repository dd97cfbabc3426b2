import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface CorsProxy {
  readonly url: string;
  /** Whether pages of other origins may call, as nobody knows of the real Stigg. */
  isOpen: boolean;
  close(): Promise<void>;
}

/** Stands before a Stigg that says nothing about other origins, and says it for it. */
export async function startCorsProxy(target: string): Promise<CorsProxy> {
  const server = createServer((incoming, outgoing) => {
    const headers = proxy.isOpen ? { 'Access-Control-Allow-Origin': '*', 'Access-Control-Allow-Headers': 'content-type, x-api-key, idempotency-key', 'Access-Control-Allow-Methods': 'GET, POST, PUT, PATCH, DELETE' } : {};
    if (incoming.method === 'OPTIONS') {
      incoming.resume();
      outgoing.writeHead(proxy.isOpen ? 204 : 404, headers).end();
      return;
    }
    const url = new URL(incoming.url ?? '/', target);
    const forwarded = request(url, { method: incoming.method, headers: { ...incoming.headers, host: url.host } }, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, { ...answer.headers, ...headers });
      answer.pipe(outgoing);
    });
    forwarded.on('error', () => { outgoing.destroy(); });
    incoming.pipe(forwarded);
  });
  await new Promise<void>((resolve) => { server.listen(0, '127.0.0.1', resolve); });
  const proxy: CorsProxy = {
    url: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`,
    isOpen: false,
    close: () => new Promise((resolve) => {
      server.closeAllConnections();
      server.close(() => { resolve(); });
    }),
  };
  return proxy;
}
