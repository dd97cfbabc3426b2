import { calleeText } from '../../ir/objects.js';
import type { CallNode } from '../../ir/node.js';
import { unwrap } from '../../ir/walk.js';
import type { Code } from '../code.js';
import type { HttpClient, HttpDraft } from './draft.js';
import { apacheDraft, builderDraft, requestDraft, unirestDraft } from './jvmBuilders.js';
import { ktorDraft } from './ktor.js';
import { springChainDraft, templateDraft } from './spring.js';
import { connectionDraft } from './urlConnection.js';

/** java.net.http, OkHttp, Spring's clients, HttpURLConnection, Apache's client, Unirest and Ktor. */
export const jvmHttp: HttpClient = { languages: ['java', 'kotlin'], trace: /http/i, draft };

function draft(call: CallNode, code: Code): HttpDraft | undefined {
  const callee = unwrap(call.callee);
  if (callee.kind !== 'member' && callee.kind !== 'name') return undefined;
  const path = calleeText(callee);
  if (/(?:^|\.)HttpRequest\.newBuilder$/.test(path)) return builderDraft(call, 'java', code);
  if (/(?:^|\.)Request\.Builder$/.test(path)) return builderDraft(call, 'okhttp', code);
  if (path === 'Request' && call.arguments.some(({ name }) => name === 'url')) return requestDraft(call, code);
  if (/(?:^|\.)Http(?:Get|Post|Put|Patch|Delete|Head)$/.test(path)) return apacheDraft(call, callee.name, code);
  if (callee.kind === 'name') return undefined;
  if (/(?:^|\.)Unirest\.\w+$/.test(path)) return unirestDraft(call, callee.name, code);
  switch (callee.name) {
    case 'uri':
      return springChainDraft(call, callee, code);
    case 'openConnection':
      return connectionDraft(call, callee, code);
    default:
      return templateDraft(call, callee, code) ?? (code.languageId === 'kotlin' ? ktorDraft(call, callee, code) : undefined);
  }
}
