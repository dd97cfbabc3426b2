import * as l10n from '@vscode/l10n';
import { body, curl, inDoubleQuotes, keyHeader, type HeaderFlavour } from './curl.js';
import { tabStop, toPlainText, toSnippetText, type SnippetParts } from './snippet.js';

/** What a request is made for. */
export interface RequestTarget {
  /** Stigg's API without a path, such as `https://api.stigg.io`. */
  readonly baseUrl: string;
  readonly flavour: HeaderFlavour;
  /** Makes a value nobody used before; called once for every request that needs one. */
  readonly uuid: () => string;
}

/** A request in both forms; they differ in the tab stops only. */
export interface BuiltRequest {
  readonly snippet: string;
  readonly plain: string;
}

/** One entry of the catalogue. */
export interface RequestTemplate {
  /** Stable: commands and completions name it. */
  readonly id: string;
  /** Localised when it is read, not when the catalogue is loaded. */
  title(): string;
  description(): string;
  build(target: RequestTarget): BuiltRequest;
}

const JSON_TYPE = ['-H "Content-Type: application/json"'];

/** The requests that can be inserted, in the order they are shown. */
export const REQUESTS: readonly RequestTemplate[] = [
  {
    id: 'list-customers',
    title: () => l10n.t('List customers (REST GET)'),
    description: () => l10n.t('One page of customers. A page holds at most 100.'),
    build: (target) => built(curl('GET', [`${base(target)}/api/v1/customers?limit=`, tabStop(1, '20')], [...keyHeader(target.flavour), JSON_TYPE])),
  },
  {
    id: 'create-customer',
    title: () => l10n.t('Create a customer (REST POST)'),
    description: () => l10n.t('With a fresh Idempotency-Key: Stigg answers a repetition within 24 hours from its cache.'),
    build: (target) =>
      built(
        curl('POST', [`${base(target)}/api/v1/customers`], [
          ...keyHeader(target.flavour),
          JSON_TYPE,
          [`-H "Idempotency-Key: ${inDoubleQuotes(target.uuid())}"`],
          body('{ "id": "', tabStop(1, 'customer-123'), '", "name": "', tabStop(2, 'Acme Corp'), '", "email": "', tabStop(3, 'customer@example.com'), '" }'),
        ]),
      ),
  },
  {
    id: 'graphql',
    title: () => l10n.t('Query environments (GraphQL POST)'),
    description: () => l10n.t('A GraphQL query to put your own into. Stigg may answer errors in the body, with status 200.'),
    build: (target) =>
      built(
        curl('POST', [`${base(target)}/graphql`], [
          ...keyHeader(target.flavour),
          JSON_TYPE,
          body('{"query":"', tabStop(1, '{ environments { edges { node { slug displayName } } } }'), '"}'),
        ]),
      ),
  },
];

function built(parts: SnippetParts): BuiltRequest {
  return { snippet: toSnippetText(parts), plain: toPlainText(parts) };
}

function base({ baseUrl }: RequestTarget): string {
  return inDoubleQuotes(baseUrl.replace(/(?<!\/)\/+$/, ''));
}
