import type { ServerResponse } from 'node:http';
import { FAULT_KINDS, type FaultRequest } from './faults.js';
import { sendJson } from './http.js';
import type { Sandbox } from './index.js';

/**
 * The sandbox's controls over HTTP, for tests that run in another process:
 * - `POST /__sandbox/faults` with a FaultRequest; `DELETE` forgets all of them
 * - `POST /__sandbox/clock` with `{advance: milliseconds}` or `{set: ISO date}`; answers `{now}`
 * - `GET /__sandbox/requests`, `GET /__sandbox/keys` (with tokens, as they are now), `GET /__sandbox/environments`
 */
export function serveAdmin(sandbox: Sandbox, method: string, pathname: string, body: string, response: ServerResponse): void {
  const refuse = (message: string): void => {
    sendJson(response, 400, { error: message });
  };
  switch (`${method} ${pathname.slice('/__sandbox/'.length)}`) {
    case 'GET requests':
      sendJson(response, 200, sandbox.requests);
      return;
    case 'GET keys':
      sendJson(response, 200, sandbox.keys());
      return;
    case 'GET environments':
      sendJson(response, 200, sandbox.environments);
      return;
    case 'DELETE faults':
      sandbox.clearFaults();
      sendJson(response, 200, {});
      return;
    case 'POST faults': {
      const fault = parse(body) as FaultRequest | undefined;
      if (fault === undefined || (fault.kind !== undefined && !FAULT_KINDS.includes(fault.kind))) {
        refuse('not a fault');
        return;
      }
      sandbox.fail(fault);
      sendJson(response, 200, {});
      return;
    }
    case 'POST clock': {
      const { advance, set } = parse(body) ?? {};
      if (typeof advance === 'number') sandbox.clock.advance(advance);
      else if (typeof set === 'string' && !Number.isNaN(Date.parse(set))) sandbox.clock.set(new Date(set));
      else {
        refuse('{advance: milliseconds} or {set: ISO date} is needed');
        return;
      }
      sendJson(response, 200, { now: sandbox.clock.now() });
      return;
    }
    default:
      sendJson(response, 404, { error: 'unknown control' });
  }
}

function parse(body: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(body);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}
