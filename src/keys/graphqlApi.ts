import * as l10n from '@vscode/l10n';
import { CancelledError } from '../errors.js';
import { Secret } from '../secret.js';
import type { ApiKey, Environment, KeyEvent, Scope } from './model.js';
import type { KeyRef, KeyValidity, Page, RotateResult, StiggApi } from './stiggApi.js';
import { decodeConnection, DecodeError, decodeEnvironment, decodeKey, decodeKeyEvent, decodeScopes, field, id, list, object } from './graphql/decode.js';
import { OPERATIONS, type Operation } from './graphql/documents.js';
import { graphqlUrl, parseEndpoint } from './graphql/endpoint.js';
import { kindOf, notStigg, outcomeUnknown } from './graphql/errors.js';
import { StiggApiError } from './graphql/stiggApiError.js';
import { systemTiming, type Timing } from './graphql/timing.js';
import { send, type TransportOptions } from './graphql/transport.js';
import { sameId } from './sameId.js';
import { ALL_KEYS_FILTER, errorProvesKey, isDocumentRejected, isWholeToken, KEY_EVENT_TYPES, ownEnvironment, PAGE_SIZE } from './unverified.js';

export interface GraphqlApiOptions {
  /** `https://api.stigg.io`, or what parseEndpoint made of a setting. */
  readonly endpoint: string | URL;
  /** Injected: in the extension host VS Code patches the global one, which is how its proxy and certificate settings are honoured. */
  readonly fetch: typeof globalThis.fetch;
  readonly clock?: Timing;
  /** A number in [0, 1), for the jitter of retries. */
  readonly random?: () => number;
  /** Milliseconds for one attempt; 15,000 unless told. */
  readonly timeoutMs?: number;
  /** One line per attempt, free of secrets. */
  readonly log?: (line: string) => void;
}

/** Bounds against a server that never ends: no account has as many. */
const MAX_KEYS = 20_000;
const MAX_ENVIRONMENTS = 1_000;

/**
 * Stigg over GraphQL (POST <endpoint>/graphql with the header X-API-KEY).
 *
 * Queries are repeated on 429, 5xx and network errors; mutations only when they surely were not executed.
 * A cancelled mutation rejects with CancelledError and may have been executed all the same.
 *
 * @throws ExpectedError `badEndpoint` at once when the endpoint is no good; the methods' errors are StiggApi's, as StiggApiError
 */
export function createGraphqlApi(options: GraphqlApiOptions): StiggApi {
  const transport: TransportOptions = {
    url: graphqlUrl(parseEndpoint(String(options.endpoint))),
    fetch: options.fetch,
    timing: options.clock ?? systemTiming,
    random: options.random ?? Math.random,
    timeoutMs: options.timeoutMs ?? 15_000,
    log: options.log ?? (() => undefined),
  };
  const host = transport.url.host;

  /** Sends, and decodes the root field; a wrong shape is `notStigg`, or `outcomeUnknown` for a mutation. */
  async function call<T>(operation: Operation, root: string, auth: Secret, variables: Readonly<Record<string, unknown>>, signal: AbortSignal | undefined, decode: (value: unknown) => T): Promise<T> {
    const outcome = await send(transport, operation, auth, variables, signal);
    if (!outcome.ok) throw outcome.failure;
    try {
      return decode(field(object(outcome.data, 'data'), root));
    } catch (error) {
      if (!(error instanceof DecodeError)) throw error;
      const failure = notStigg(host, l10n.t('“{0}” is not what it should be.', error.message));
      throw operation.kind === 'query' ? failure : outcomeUnknown(failure.message);
    }
  }

  /** Follows a connection to its end. `accept` takes the nodes of a page and returns how many items there are by now. */
  async function everyPage(max: number, fetchPage: (after: string | null) => Promise<{ nextCursor: string | null; total: number }>): Promise<void> {
    const seen = new Set<string>();
    for (let after: string | null = null, pages = 0; ; pages++) {
      const { nextCursor, total } = await fetchPage(after);
      if (nextCursor === null) return;
      // A cursor that comes again, or pages without end, would keep us here for ever.
      if (seen.has(nextCursor) || total > max || pages > max / PAGE_SIZE) throw notStigg(host, l10n.t('the list never ends.'));
      seen.add(nextCursor);
      after = nextCursor;
    }
  }

  async function visibleEnvironments(auth: Secret, signal: AbortSignal | undefined): Promise<readonly Environment[]> {
    const found = new Map<string, Environment>();
    try {
      await everyPage(MAX_ENVIRONMENTS, (after) =>
        call(OPERATIONS.environments, 'environments', auth, { paging: paging(after) }, signal, (value) => {
          const { nodes, nextCursor } = decodeConnection(value, 'environments');
          for (const environment of nodes.map(decodeEnvironment)) found.set(environment.id, environment);
          return { nextCursor, total: found.size };
        }),
      );
      return [...found.values()];
    } catch (error) {
      if (!(error instanceof StiggApiError) || error.code !== 'forbidden') throw error;
      // A scoped key may be kept from the account: the lighter list has none.
      return call(OPERATIONS.listEnvironments, 'listEnvironments', auth, {}, signal, (value) => list(value, 'listEnvironments').map(decodeEnvironment));
    }
  }

  async function listKeysPaged(auth: Secret, environmentId: string, signal: AbortSignal | undefined): Promise<readonly ApiKey[]> {
    const found = new Map<string, ApiKey>();
    await everyPage(MAX_KEYS, (after) => {
      const input = { environmentId, expirationFilter: ALL_KEYS_FILTER, paging: paging(after) };
      return call(OPERATIONS.listKeys, 'apiKeys', auth, { input }, signal, (value) => {
        const { nodes, nextCursor } = decodeConnection(value, 'apiKeys');
        // By id: a list that changes between two pages may show a key twice.
        for (const key of nodes.map((node) => decodeKey(node, environmentId))) found.set(key.id, key);
        return { nextCursor, total: found.size };
      });
    });
    return [...found.values()];
  }

  /** The nodes `apiKeys` of the one environment that was asked for; undefined when Stigg does not show it. */
  function keysOf(value: unknown, environmentId: string): readonly unknown[] | undefined {
    const nodes = list(field(object(value, 'environments'), 'edges'), 'edges').map((edge) => object(field(object(edge, 'edge'), 'node'), 'environment'));
    const environment = nodes.find((node) => sameId(id(node, 'id'), environmentId));
    return environment === undefined ? undefined : list(field(environment, 'apiKeys'), 'apiKeys');
  }

  function mutateKey(operation: Operation, root: string, auth: Secret, input: Readonly<Record<string, unknown>>, key: { environmentId: string; id?: string }, signal: AbortSignal | undefined): Promise<ApiKey> {
    return call(operation, root, auth, { input }, signal, (value) => {
      const answer = decodeKey(value, key.environmentId);
      if (key.id !== undefined && !sameId(answer.id, key.id)) throw new DecodeError('id');
      return answer;
    });
  }

  return {
    async probe(auth, signal): Promise<KeyValidity> {
      const outcome = await send(transport, OPERATIONS.probe, auth, {}, signal);
      if (outcome.ok) return typeof outcome.data === 'object' && outcome.data !== null && Object.hasOwn(outcome.data, 'sdkConfiguration') ? 'valid' : 'unknown';
      if (outcome.reading?.kind !== 'error') return 'unknown';
      const kind = kindOf(outcome.reading.error);
      if (kind === 'unauthenticated') return 'invalid';
      // A firewall says 403 too: only words in Stigg's own form prove that Stigg looked at the key.
      return outcome.reading.fromStigg && errorProvesKey(kind) ? 'valid' : 'unknown';
    },

    async environmentOf(auth, signal): Promise<Environment> {
      const visible = await visibleEnvironments(auth, signal);
      const token = auth.reveal();
      const own =
        ownEnvironment(visible, token, null) ??
        (visible.length === 0 ? undefined : ownEnvironment(visible, token, await currentEnvironment(auth, signal)));
      if (own !== undefined) return own;
      throw visible.length === 0
        ? new StiggApiError('forbidden', l10n.t('Stigg shows this key no environment.'), l10n.t('Use the full access key of the environment, or let an account owner give this scoped key read access to environments.'))
        : new StiggApiError('conflict', l10n.t('It is not clear which of {0} environments this key belongs to.', visible.length), l10n.t('Use the full access key of the environment you want to add.'));
    },

    async listKeys(auth, environmentId, signal): Promise<readonly ApiKey[]> {
      try {
        return await listKeysPaged(auth, environmentId, signal);
      } catch (error) {
        if (!(error instanceof StiggApiError) || !isDocumentRejected(error.detail.stiggCode ?? null)) throw error;
        return await call(OPERATIONS.environmentKeys, 'environments', auth, { filter: { id: { eq: environmentId } } }, signal, (value) => (keysOf(value, environmentId) ?? []).map((node) => decodeKey(node, environmentId)));
      }
    },

    revealToken(auth, key, signal): Promise<Secret> {
      const variables = { environment: { id: { eq: key.environmentId } }, key: { id: { eq: key.id } } };
      return call(OPERATIONS.revealToken, 'environments', auth, variables, signal, (value) => {
        // Tokens of any other key, should Stigg ignore the filter, are dropped here.
        const node = keysOf(value, key.environmentId)?.map((item) => object(item, 'apiKey')).find((item) => sameId(id(item, 'id'), key.id));
        if (node === undefined) {
          throw new StiggApiError('notFound', l10n.t('Stigg does not know this key (any more).'), l10n.t('Refresh the list of keys.'));
        }
        const token = field(node, 'token');
        if (typeof token !== 'string' || token === '') throw new DecodeError('token');
        if (!isWholeToken(token)) {
          throw new StiggApiError('forbidden', l10n.t('Stigg did not give out the value of this key.'), l10n.t('Copy it in the Stigg console (account owners may), or use the full access key here.'));
        }
        return new Secret(token);
      });
    },

    rotateKey(auth, key, oldKeyExpiresAt, signal): Promise<RotateResult> {
      const input = { ...reference(key), expirationDate: oldKeyExpiresAt.toISOString() };
      return call(OPERATIONS.rotateKey, 'rotateApiKey', auth, { input }, signal, (value) => {
        const result = object(value, 'rotateApiKey');
        const old = field(result, 'oldApiKey');
        const newKey = decodeKey(field(result, 'newApiKey'), key.environmentId);
        const oldKey = old === null || old === undefined ? null : decodeKey(old, key.environmentId);
        if (sameId(newKey.id, key.id)) throw new DecodeError('newApiKey');
        if (oldKey !== null && !sameId(oldKey.id, key.id)) throw new DecodeError('oldApiKey');
        return { newKey, oldKey };
      });
    },

    updateKey(auth, key, change, signal): Promise<ApiKey> {
      const { displayName, description, expireAt, scopes } = change;
      const input = {
        ...reference(key),
        ...(displayName === undefined ? {} : { displayName }),
        ...(description === undefined ? {} : { description }),
        ...(expireAt === undefined ? {} : { expireAt: expireAt.toISOString() }),
        ...(scopes === undefined ? {} : { scopes: scopes.map(scopeInput) }),
      };
      return mutateKey(OPERATIONS.updateKey, 'updateApiKey', auth, input, key, signal);
    },

    setHardenedClientAccess: (auth, environmentId, isOn, signal) =>
      call(OPERATIONS.setHardenedClientAccess, 'updateOneEnvironment', auth, { input: { id: environmentId, update: { hardenClientAccessEnabled: isOn } } }, signal, (value) => {
        const environment = decodeEnvironment(value);
        if (!sameId(environment.id, environmentId)) throw new DecodeError('id');
        return environment;
      }),

    revokeKey: (auth, key, signal) => mutateKey(OPERATIONS.revokeKey, 'revokeApiKey', auth, reference(key), key, signal),

    createScopedKey(auth, { environmentId, displayName, description, scopes }, signal): Promise<ApiKey> {
      const input = { environmentId, displayName, ...(description === undefined ? {} : { description }), scopes: scopes.map(scopeInput) };
      return mutateKey(OPERATIONS.createScopedKey, 'createScopedApiKey', auth, input, { environmentId }, signal);
    },

    keyScopes: (auth, key, signal) => call(OPERATIONS.keyScopes, 'apiKeyScope', auth, { id: key.id }, signal, decodeScopes),

    availableScopes: (auth, signal) => call(OPERATIONS.availableScopes, 'availableScopes', auth, {}, signal, decodeScopes),

    keyActivity(auth, key, after, signal): Promise<Page<KeyEvent>> {
      const filter = { environmentId: { eq: key.environmentId }, entityId: { eq: key.id }, eventLogType: { in: KEY_EVENT_TYPES } };
      return call(OPERATIONS.keyActivity, 'eventLogs', auth, { filter, paging: paging(after) }, signal, (value) => {
        const { nodes, nextCursor } = decodeConnection(value, 'eventLogs');
        return { items: nodes.map((node) => decodeKeyEvent(node, key)), nextCursor: nextCursor === after ? null : nextCursor };
      });
    },
  };

  /** Null where the key may not ask: it is a clue, nothing hangs on it. */
  async function currentEnvironment(auth: Secret, signal: AbortSignal | undefined): Promise<string | null> {
    try {
      return await call(OPERATIONS.currentEnvironment, 'currentEnvironment', auth, {}, signal, (value) => (typeof value === 'string' ? value : null));
    } catch (error) {
      if (error instanceof CancelledError) throw error;
      return null;
    }
  }
}

function paging(after: string | null): { first: number; after?: string } {
  return after === null ? { first: PAGE_SIZE } : { first: PAGE_SIZE, after };
}

function reference(key: KeyRef): { id: string; environmentId: string } {
  return { id: key.id, environmentId: key.environmentId };
}

function scopeInput({ resource, action }: Scope): Scope {
  return { resource, action };
}
