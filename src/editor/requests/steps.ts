import * as vscode from 'vscode';
import type { ApiRequest } from '../../snippets/request.js';
import { SURFACES, type SurfaceId } from '../../snippets/surfaces.js';
import type { Writer } from '../../snippets/writer.js';
import { askChoice, BACK, type Choice, type Step } from '../multiStep.js';
import type { Library } from './library.js';
import type { Recent } from './recent.js';

/** What has been chosen so far. */
export interface RequestAnswers {
  readonly surface?: SurfaceId;
  readonly request?: ApiRequest;
  readonly writer?: Writer;
}

/** `GET /api/v1/customers/{id}`: the request as a person finds it in Stigg's reference. */
export function requestLine({ method, path }: ApiRequest): string {
  return `${method} ${path.map((part) => (typeof part === 'string' ? part : '{id}')).join('')}`;
}

/** Asks for the request: those that were used last come first, the others by what they belong to. */
export function requestStep<S extends RequestAnswers>(library: Library, recent: Recent): Step<S> {
  return {
    applies: ({ surface }) => surface === undefined || surface === 'rest' || surface === 'graphql',
    ask: async (state, frame) => {
      const offered = library.requests.filter((request) => state.surface === undefined || request.surface === state.surface);
      const used = recent.ids.flatMap((id) => offered.find((request) => request.id === id) ?? []);
      const items: Choice<ApiRequest>[] = [];
      if (used.length > 0) items.push(separator(vscode.l10n.t('recently used'), used[0]), ...used.map(requestItem));
      let group: string | undefined;
      for (const request of byGroup(offered.filter((one) => !used.includes(one)))) {
        if (groupOf(request) !== group) {
          group = groupOf(request);
          items.push(separator(group, request));
        }
        items.push(requestItem(request));
      }
      const answer = await askChoice(frame, {
        placeHolder: SURFACES.find(({ id }) => id === state.surface)?.note() ?? vscode.l10n.t('Name, path or purpose. Never the key itself is inserted, only its variable.'),
        items, matchOnDetail: true, isActive: (request) => request === state.request,
      });
      return answer === undefined || answer === BACK ? answer : { ...state, request: answer };
    },
  };
}

/** Asks what the request is written in, unless there is one way only. `candidates` are those that may stand at the place, until there is a request of any. */
export function targetStep<S extends RequestAnswers>(candidates: (request: ApiRequest | undefined) => readonly Writer[], recent: Recent, where: () => string): Step<S> {
  const offered = ({ request }: S): Writer[] => recent.first(candidates(request));
  return {
    applies: (state) => (state.surface === undefined || state.surface === 'rest' || state.surface === 'graphql') && offered(state).length !== 1,
    ask: async (state, frame) => {
      const answer = await askChoice(frame, {
        placeHolder: where(),
        items: offered(state).map((writer) => ({ label: writer.title(), description: writer.id, value: writer })),
        isActive: (writer) => writer === (state.writer ?? offered(state)[0]),
      });
      return answer === undefined || answer === BACK ? answer : { ...state, writer: answer };
    },
  };
}

function requestItem(request: ApiRequest): Choice<ApiRequest> {
  const description = [requestLine(request), ...(request.beta ? [vscode.l10n.t('beta')] : [])].join(' · ');
  return { label: request.id, description, detail: request.summary, value: request };
}

/** Separators cannot be chosen: their value is never answered. */
function separator<T>(label: string, value: T | undefined): Choice<T> {
  return { label, kind: vscode.QuickPickItemKind.Separator, value } as Choice<T>;
}

function groupOf({ surface, resource }: ApiRequest): string {
  return surface === 'graphql' ? `GraphQL: ${resource}` : resource;
}

/** Each group once, in the order in which the catalogue begins them. */
function byGroup(requests: readonly ApiRequest[]): ApiRequest[] {
  const groups = new Map<string, ApiRequest[]>();
  for (const request of requests) groups.set(groupOf(request), [...(groups.get(groupOf(request)) ?? []), request]);
  return [...groups.values()].flat();
}
