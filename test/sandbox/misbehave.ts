import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { sendJson, sendText } from './http.js';
import type { FaultRequest } from './faults.js';
import { graphqlError } from './graphqlServer.js';
import { restError } from './rest.js';

export interface Answer {
  readonly status: number;
  readonly body: unknown;
}

const CODES: Readonly<Partial<Record<number, string>>> = { 401: 'Unauthenticated', 403: 'AccessDeniedError', 429: 'RateLimitExceeded', 500: 'UnexpectedError' };

/** The error answer of a `status` fault, in the form of the API that was called. */
function errorAnswer(fault: FaultRequest, isGraphql: boolean): Answer {
  const status = fault.status ?? 500;
  const code = fault.code === undefined ? (CODES[status] ?? null) : fault.code;
  const message = fault.message ?? `The sandbox was told to answer ${String(status)}`;
  return isGraphql ? graphqlError(status, code, message) : restError(status, code ?? 'ERROR', message);
}

/**
 * Lets a call go wrong. Answers the HTTP status that went out; null when none did.
 *
 * @param act executes the call as usual
 */
export async function misbehave(fault: FaultRequest, isGraphql: boolean, request: IncomingMessage, response: ServerResponse, act: () => Promise<Answer>): Promise<number | null> {
  switch (fault.kind ?? 'status') {
    case 'status': {
      const { status, body } = errorAnswer(fault, isGraphql);
      sendJson(response, status, body, fault.retryAfter === undefined ? {} : { 'Retry-After': String(fault.retryAfter) });
      return status;
    }
    case 'hang':
      return null;
    case 'hang-after':
      await act();
      return null;
    case 'slow': {
      await new Promise((resolve) => setTimeout(resolve, fault.ms ?? 1_000));
      const { status, body } = await act();
      if (!response.destroyed) sendJson(response, status, body);
      return status;
    }
    case 'cut-before':
      request.socket.destroy();
      return null;
    case 'cut-after':
      await act();
      request.socket.destroy();
      return null;
    case 'html': {
      const status = fault.status ?? 200;
      sendText(response, status, '<!doctype html><html><title>Sign in</title><p>Please sign in to the network.</p></html>', { 'Content-Type': 'text/html; charset=utf-8' });
      return status;
    }
    case 'redirect': {
      const status = fault.status ?? 302;
      sendText(response, status, '', { Location: fault.location ?? 'https://elsewhere.invalid/graphql' });
      return status;
    }
    case 'lie': {
      const { status, body } = await act();
      sendJson(response, status, fault.data === undefined ? otherIds(body) : { data: fault.data });
      return status;
    }
    case 'invalid-json': {
      const { status, body } = await act();
      const text = JSON.stringify(body);
      sendText(response, status, text.slice(0, Math.floor(text.length / 2)), { 'Content-Type': 'application/json' });
      return status;
    }
    case 'huge-body': {
      const { status } = await act();
      response.writeHead(status, { 'Content-Type': 'application/json' });
      pour(response);
      return status;
    }
  }
}

/** The same answer with every id exchanged for a fresh one. */
function otherIds(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(otherIds);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, (name === 'id' || name === 'environmentId') && typeof item === 'string' ? randomUUID() : otherIds(item)]));
}

/** Writes until the other side hangs up, at its pace; 64 MB at most. */
function pour(response: ServerResponse): void {
  const chunk = `"${'x'.repeat(256 * 1024)}",`;
  let left = 256;
  const more = (): void => {
    while (left > 0 && !response.destroyed) {
      left--;
      if (!response.write(chunk)) return;
    }
    response.end();
  };
  response.on('drain', more);
  response.on('error', () => undefined);
  response.write('{"data":{"sdkConfiguration":[');
  more();
}
