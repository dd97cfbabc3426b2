import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { serveAdmin } from './admin.js';
import { createClock, type SandboxClock } from './clock.js';
import { createFaults, type FaultRequest } from './faults.js';
import { graphqlError, readGraphqlRequest, serveGraphql } from './graphqlServer.js';
import { header, isJson, readRequest, sendJson } from './http.js';
import { misbehave, type Answer } from './misbehave.js';
import { Store, type KeyRecord } from './model.js';
import { rootOf } from './operations.js';
import type { SandboxOptions } from './options.js';
import { restError, restOperation, serveRest } from './rest.js';
import { loadSchema } from './schema.js';
import { ACME, seedAccount, type SeededEnvironment } from './seeds.js';

export { ACME, GLOBEX, type AccountSpec, type EnvironmentSpec, type SeededEnvironment, type SeededKey } from './seeds.js';
export type { SandboxClock } from './clock.js';
export type { FaultRequest } from './faults.js';
export type { SandboxOptions } from './options.js';

/** One call, as the sandbox saw it. */
export interface LoggedRequest {
  readonly operation: string;
  /** The key that signed the call; null when there was none, or an unknown one. */
  readonly keyId: string | null;
  /** null: no answer went out. */
  readonly status: number | null;
  readonly at: Date;
}

/** A key as it is now. */
export interface LiveKey {
  readonly id: string;
  readonly environmentId: string;
  readonly name: string;
  readonly type: string;
  readonly expireAt: Date | null;
  readonly token: string;
}

/** A local Stigg. */
export interface Sandbox {
  /** `http://127.0.0.1:<port>`: what goes into the endpoint setting. */
  readonly url: string;
  /** The environments it was seeded with, in the order of the accounts. */
  readonly environments: readonly SeededEnvironment[];
  readonly clock: SandboxClock;
  /** Makes a call go wrong, see FaultRequest. */
  fail(fault: FaultRequest): void;
  clearFaults(): void;
  /** Every call so far, oldest first; never a token. */
  readonly requests: readonly LoggedRequest[];
  /** All keys as they are now, expired and revoked ones included. */
  keys(environmentId?: string): readonly LiveKey[];
  close(): Promise<void>;
}

/** Starts a Stigg on loopback that executes the real schema over its own state. */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const clock = createClock(options.now);
  const store = new Store(() => clock.now());
  const environments = (options.accounts ?? [ACME]).flatMap((account) => seedAccount(store, account));
  const schema = loadSchema();
  const root = rootOf(store, {
    revokedKeysVanish: options.revokedKeysVanish ?? false,
    scopedKeysReadTokens: options.scopedKeysReadTokens ?? true,
    environmentsSeen: options.environmentsSeen ?? 'own',
  });
  const faults = createFaults();
  const requests: LoggedRequest[] = [];

  const server = createServer((request, response) => {
    handle(request, response).catch((error: unknown) => {
      // A defect of the sandbox itself: visible to the test, and no token in it.
      if (!response.headersSent) sendJson(response, 500, { errors: [{ message: error instanceof Error ? error.message : 'failed', extensions: { code: 'UnexpectedError' } }] });
    });
  });

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', 'http://127.0.0.1');
    const method = request.method ?? 'GET';
    const body = await readRequest(request);
    if (body === undefined) {
      sendJson(response, 413, { error: { code: 'PAYLOAD_TOO_LARGE', message: 'Too large' } });
      return;
    }
    if (options.admin === true && url.pathname.startsWith('/__sandbox/')) {
      serveAdmin(sandbox, method, url.pathname, body, response);
      return;
    }
    const isGraphql = url.pathname === '/graphql';
    const graphqlRequest = isGraphql ? readGraphqlRequest(body) : undefined;
    const operation = isGraphql ? (graphqlRequest?.operation ?? 'unreadable') : restOperation(method, url.pathname);
    const token = header(request, 'x-api-key');
    const keyId = store.keys.find((key) => key.token === token)?.id ?? null;
    const entry: { -readonly [P in keyof LoggedRequest]: LoggedRequest[P] } = { operation, keyId, status: null, at: clock.now() };
    requests.push(entry);

    const act = (): Promise<Answer> => answer(url, method, request, body, isGraphql, graphqlRequest, store.authenticate(token));
    const fault = faults.take(operation, keyId);
    if (fault !== undefined) {
      entry.status = await misbehave(fault, isGraphql, request, response, act);
      return;
    }
    const { status, body: answerBody } = await act();
    entry.status = status;
    sendJson(response, status, answerBody);
  }

  async function answer(
    url: URL,
    method: string,
    request: IncomingMessage,
    body: string,
    isGraphql: boolean,
    graphqlRequest: ReturnType<typeof readGraphqlRequest>,
    caller: KeyRecord | undefined,
  ): Promise<Answer> {
    const contentType = header(request, 'content-type');
    // Stigg's gateway turns a POST without a JSON content type away before it looks at the key.
    const admitted = method === 'POST' && !isJson(contentType) ? undefined : caller;
    if (isGraphql) {
      if (method !== 'POST') return graphqlError(405, null, 'Use POST');
      if (admitted === undefined) return graphqlError(401, 'Unauthenticated', 'Unauthenticated');
      if (graphqlRequest === undefined) return graphqlError(400, 'BAD_REQUEST', 'The body is not a GraphQL request');
      return serveGraphql(schema, root, admitted, graphqlRequest);
    }
    if (!/^\/api\/v1(?:-beta)?\//.test(url.pathname)) return restError(404, 'NOT_FOUND', 'Unknown path');
    if (admitted === undefined) return restError(401, 'UNAUTHENTICATED', 'Invalid or missing API key');
    return serveRest(store, admitted, { method, url, contentType: contentType ?? '', idempotencyKey: header(request, 'idempotency-key'), body });
  }

  const sandbox: Sandbox = {
    get url() {
      return address;
    },
    environments,
    clock,
    fail: (fault) => {
      faults.add(fault);
    },
    clearFaults: () => {
      faults.clear();
    },
    requests,
    keys: (environmentId) =>
      store.keys
        .filter((key) => environmentId === undefined || key.environmentId === environmentId)
        .map(({ id, environmentId: owner, displayName, type, expireAt, token }) => ({ id, environmentId: owner, name: displayName, type, expireAt, token })),
    close: () =>
      new Promise((resolve, reject) => {
        server.close((error) => {
          if (error === undefined) resolve();
          else reject(error);
        });
        server.closeAllConnections();
      }),
  };

  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    // Loopback only: whoever reaches this server can have every key of it.
    server.listen(options.port ?? 0, '127.0.0.1', resolve);
  });
  // Kept: a server that was closed no longer knows.
  const address = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
  return sandbox;
}
