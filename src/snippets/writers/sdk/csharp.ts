import type { SnippetParts } from '../../snippet.js';
import type { Writer, WriterOptions } from '../../writer.js';
import { CSHARP, csharpKey } from '../code/csharp.js';
import { csharpUsing, fileOf, joined } from '../code/frame.js';
import { placeholderIn, stringIn } from '../code/notation.js';
import { callOf, pascal, singular, withInitialism, type SdkCall } from './call.js';

/**
 * Source: the SDK's README and services (`Stigg.Client.Models.V1.Addons.Entitlements`, `EntitlementListParams`, `AddonID`). Every field has a
 * C# type of its own, which a request does not tell, and nothing that we read sends a header along: calls with a query, a body or an
 * Idempotency-Key are left to HttpClient.
 */
export const csharpSdk: Writer = {
  id: 'sdk-csharp',
  title: () => 'Stigg SDK (C#, Stigg.Client)',
  languageIds: ['csharp'],
  write: (request, options) => {
    const call = callOf(request);
    if (call === undefined || call.path.length === 0 || request.query.length > 0 || request.body !== undefined || call.idempotencyKey) return undefined;
    return { head: ['System', 'Stigg.Client', `Stigg.Client.Models.${call.resources.map(pascal).join('.')}`].map(csharpUsing), parts: partsOf(call, options) };
  },
  file: ({ head, parts }) => fileOf(head, parts),
};

function partsOf(call: SdkCall, { baseUrl, keyVariable }: WriterOptions): SnippetParts {
  const method = pascal(call.method);
  const fields = call.path.flatMap(({ name, value }, index) => [`${index === 0 ? '' : ', '}${pascal(withInitialism(name))} = `, ...placeholderIn(CSHARP, value)]);
  return joined([
    'StiggClient client = new()',
    '{',
    `    ApiKey = ${csharpKey(keyVariable)},`,
    // Early versions of the SDK have a host of nobody for their default.
    `    BaseUrl = ${stringIn(CSHARP, baseUrl)},`,
    '};',
    [`${pascal(singular(call.resources.at(-1) ?? ''))}${method}Params parameters = new() { `, ...fields, ' };'],
    `var response = await client.${call.resources.map(pascal).join('.')}.${method}(parameters);`,
    'Console.WriteLine(response);',
  ]);
}
