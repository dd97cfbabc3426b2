import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { sorted, type Sent } from './samples.js';

/** A server on loopback that only remembers what it was sent. */
export interface CaptureServer {
  readonly url: string;
  /** Everything since the last call. */
  take(): Sent[];
  close(): Promise<void>;
}

export async function startCapture(): Promise<CaptureServer> {
  let sent: Sent[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const text = Buffer.concat(chunks).toString('utf8');
      const [path = '', query = ''] = (request.url ?? '').split('?', 2);
      const headers = Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, Array.isArray(value) ? value.join() : value]));
      let body: unknown;
      try {
        body = text === '' ? undefined : JSON.parse(text);
      } catch {
        body = { unreadable: text };
      }
      sent.push({ method: request.method ?? '', path: decodeURIComponent(path), query: sorted([...new URLSearchParams(query)]), headers, body });
      response.setHeader('Content-Type', 'application/json');
      response.end('{}');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    take: () => {
      const taken = sent;
      sent = [];
      return taken;
    },
    close: () => new Promise((resolve) => {
      server.close(() => { resolve(); });
      server.closeAllConnections();
    }),
  };
}
