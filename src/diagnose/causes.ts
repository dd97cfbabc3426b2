import { t } from '@vscode/l10n';
import type { ActionId } from './actions.js';
import { endOf, type Facts } from './facts.js';
import { methodOf } from './request.js';
import { neededScope, neededText } from './scopes.js';
import { quoted, utc } from './words.js';

/** Why a request may fail. The words that name header, key, path and time come from the checks; these say what it means. */
export interface CauseWords {
  readonly title: string;
  /** Why that leads to this status. */
  readonly why: string;
  /** What to do about it, imperative. */
  readonly fix: string;
}

export interface Cause {
  readonly words: (facts: Facts) => CauseWords;
  /** The most helpful one first; those that cannot be done (no request, no key) are left out later. */
  readonly actions: readonly ActionId[];
}

const cause = (words: Cause['words'], ...actions: ActionId[]): Cause => ({ words, actions });

const keyName = ({ key }: Facts): string => (key === null ? t('the key') : `“${key.displayName}” (${key.mask})`);
const environmentName = ({ environment }: Facts): string => environment?.displayName ?? t('this environment');
const needed = ({ request }: Facts): string => {
  const scope = request === null ? undefined : neededScope(request);
  return scope === undefined ? t('the permission it needs') : neededText(scope);
};

export const CAUSES = {
  wrongHeader: cause(() => ({
    title: t('The key is sent in the wrong header'),
    why: t('Stigg reads the key from X-API-KEY alone. In any other header it is not found, and the answer is 401.'),
    fix: t('Send the key as X-API-KEY, without “Bearer”.'),
  }), 'openRequest', 'copyCurl'),
  noHeader: cause(() => ({
    title: t('The request carries no key'),
    why: t('Without X-API-KEY Stigg answers 401.'),
    fix: t('Add the header X-API-KEY, with the key from an environment variable.'),
  }), 'openRequest', 'copyCurl'),
  publishableKey: cause((facts) => ({
    title: t('A publishable key is used where a server key is needed'),
    why: t('Publishable keys (client-) are for frontend SDKs: they read a little, and the rest of the API is closed to them.'),
    fix: t('Use the full access key of {0}, or a scoped key, on the server alone.', environmentName(facts)),
  }), 'openKey', 'openFile', 'openRequest', 'scopeDocs'),
  contentType: cause(() => ({
    title: t('The content type is missing or is not JSON'),
    why: t('Stigg’s gateway turns such a request away before it looks at the key, so that the answer is 401 although the key is right.'),
    fix: t('Send Content-Type: application/json with every body.'),
  }), 'openRequest', 'copyCurl'),
  oldValueInUse: cause((facts) => ({
    title: t('The program uses an earlier value of the key'),
    why: t('After a rotation the earlier value works only until its grace period ends; from then on it gets 401.'),
    fix: t('Give the program the current value of a key of {0}, and restart it: environment variables are read at the start.', environmentName(facts)),
  }), 'openFile', 'openTerminal', 'openKey'),
  servicesHoldOldValue: cause((facts) => ({
    title: t('The key that is stored here works: a service still sends the one from before the rotation'),
    why: t('The new value is accepted. What was deployed with the earlier one fails since its grace period ended.'),
    fix: t('Bring the current value of {0} to every service and CI secret that had the earlier one, and restart them.', keyName(facts)),
  }), 'openTerminal', 'copyCurl', 'openKey'),
  keyExpired: cause((facts) => ({
    title: t('The key has expired'),
    why: t('An expired key gets 401. It cannot be extended, and an expired key cannot be rotated.'),
    fix: t('Switch to the current key of {0}; when it is not stored here, add the environment again with it.', environmentName(facts)),
  }), 'openKey', 'addEnvironment', 'openConsole'),
  keyEnded: cause((facts) => ({
    title: t('The stored key was rotated, and its grace period is over'),
    why: t('The earlier value of a rotated key gets 401 when its grace period ends.'),
    fix: t('Switch to the key that replaced it; when it is not stored here, add {0} again with its current key.', environmentName(facts)),
  }), 'openKey', 'addEnvironment', 'openConsole'),
  keyRefused: cause((facts) => ({
    title: t('Stigg does not accept the stored key'),
    why: t('{0} gets 401 from here as well: it was revoked, it was rotated away, or it never was a key of this Stigg.', keyName(facts)),
    fix: t('Copy the current key in the Stigg console (Integrations > API keys), and add the environment again with it.'),
  }), 'openConsole', 'addEnvironment', 'openKey'),
  keyOutgoing: cause((facts) => ({
    title: t('The stored key is on its way out'),
    why: endsAt(facts, t('It was rotated and still works. What holds the same value works as well; what fails holds another one.')),
    fix: t('Switch the services to the key that replaced it before it ends, or give it more time.'),
  }), 'openKey', 'changeGracePeriod', 'openTerminal'),
  otherValueSent: cause((facts) => ({
    title: t('The stored key works: the program that fails sends something else'),
    why: t('{0} is accepted from here. Then the variable is empty or old in that program, holds quotes or a line break, or is another key.', keyName(facts)),
    fix: t('Run the same request in a terminal with the key; if it works there, look at what the program reads at its start.'),
  }), 'openTerminal', 'copyCurl', 'openRequest'),
  noKeyHere: cause((facts) => ({
    title: t('The key could not be tried, because none is stored here'),
    why: facts.environment === null ? t('No environment has been added.') : t('The value of a key of {0} is missing on this machine.', environmentName(facts)),
    fix: t('Store a key of the environment, and check again. Until then only the request itself could be looked at.'),
  }), 'addEnvironment', 'storeKey', 'openRequest'),
  otherEnvironment: cause((facts) => ({
    title: t('The stored key belongs to another environment'),
    why: t('A key works in its own environment alone: what exists in {0} does not exist for the key of another one.', environmentName(facts)),
    fix: t('Use a key of the environment that the request is meant for.'),
  }), 'switchEnvironment', 'openKey', 'addEnvironment'),
  usedOtherEnvironment: cause((facts) => ({
    title: t('The key in the workspace’s env file belongs to another environment'),
    why: t('A key works in its own environment alone: a program with that key talks to another environment than {0}.', environmentName(facts)),
    fix: t('Use a key of the environment that the request is meant for.'),
  }), 'openFile', 'switchEnvironment', 'openTerminal'),
  scopeMissing: cause((facts) => ({
    title: t('The key lacks {0}', needed(facts)),
    why: t('A scoped key may do what it was given and nothing else; {0} was not given that.', keyName(facts)),
    fix: t('Let an account owner grant {0} to the key in the Stigg console, or use a wider key.', needed(facts)),
  }), 'openConsole', 'scopeDocs', 'openKey'),
  scopeNotOffered: cause((facts) => ({
    title: t('No scoped key can have {0}', needed(facts)),
    why: t('Stigg does not give this permission to scoped keys.'),
    fix: t('Use the full access key of {0} for this request.', environmentName(facts)),
  }), 'openKey', 'scopeDocs'),
  scopeLikely: cause((facts) => ({
    title: t('The scoped key probably lacks a permission'),
    why: t('403 means that Stigg knows the key and that it may not do this. {0} is restricted.', keyName(facts)),
    fix: t('Compare its permissions with what the request does; grant what is missing in the Stigg console, or use a wider key.'),
  }), 'openConsole', 'scopeDocs', 'openKey'),
  otherKeyInUse: cause((facts) => ({
    title: t('This key may do it: the request is sent with another key'),
    why: t('{0} is not too narrow for the request. The one that gets 403 is a scoped key with less, or a publishable key.', keyName(facts)),
    fix: t('See which key the program has (the first and last characters are enough), and check that one.'),
  }), 'openTerminal', 'copyCurl', 'openKey'),
  wrongPrefix: cause(() => ({
    title: t('The path has the wrong beginning'),
    why: t('REST is at /api/v1, beta endpoints at /api/v1-beta; anything else is not found, whatever the key.'),
    fix: t('Correct the path, or the base address that it is put behind.'),
  }), 'openRequest', 'copyCurl'),
  graphqlPath: cause(() => ({
    title: t('GraphQL is at /graphql'),
    why: t('It has no version and does not stand below /api.'),
    fix: t('Send GraphQL to /graphql.'),
  }), 'openRequest', 'copyCurl'),
  wrongMethod: cause(({ request }) => ({
    title: t('The path exists, but not with {0}', request === null ? t('this method') : quoted(methodOf(request), 20)),
    why: t('Where a path does not take the method, Stigg does not find an endpoint.'),
    fix: t('Use one of the methods that the path takes.'),
  }), 'openRequest', 'copyCurl'),
  unknownPath: cause(() => ({
    title: t('The path is probably misspelt'),
    why: t('It is not among the endpoints that are known here, which are those of Stigg’s official clients.'),
    fix: t('Compare it with Stigg’s API reference.'),
  }), 'openRequest', 'restDocs'),
  contractsOff: cause(() => ({
    title: t('Contracts are not switched on, or the contract does not exist'),
    why: t('The endpoints of contracts answer 404 for accounts without that feature.'),
    fix: t('Ask the account owner whether the plan includes contracts; otherwise look the id up in the Stigg console.'),
  }), 'openConsole', 'restDocs'),
  idElsewhere: cause((facts) => ({
    title: t('The id does not exist in {0}', environmentName(facts)),
    why: t('Customers, subscriptions, plans and everything else belong to one environment. An id of another one, or of something archived or not yet created, is not found.'),
    fix: t('Look the id up in {0}, or use the key of the environment where it exists.', environmentName(facts)),
  }), 'openConsole', 'switchEnvironment', 'copyCurl'),
  existsAlready: cause(() => ({
    title: t('What the request creates exists already'),
    why: t('Stigg answers 409 when the id is taken. Often the first attempt went through and a repetition collides with it: REST SDKs repeat a 409 by themselves, twice, although it will not change.'),
    fix: t('Read it before creating it or treat 409 as “exists”; send an Idempotency-Key made from the operation, so that repetitions get the first answer; set the SDK’s maximum of retries to 0 for this call.'),
  }), 'openRequest', 'idempotencyDocs', 'openConsole'),
  stateConflict: cause(() => ({
    title: t('It contradicts the present state'),
    why: t('It is archived, published, canceled or being changed already, or something else still uses it. REST SDKs repeat a 409 by themselves, twice, although it will not change.'),
    fix: t('Read the present state first, and do not send the same change twice at once.'),
  }), 'openConsole', 'openRequest'),
  graphqlConflict: cause(() => ({
    title: t('A rule of Stigg’s refuses the change'),
    why: t('GraphQL names the rule: errors[0].extensions.code, such as DuplicatedEntityNotAllowed, with the traceId beside it.'),
    fix: t('Branch on the code rather than on the status, and log the traceId.'),
  }), 'openConsole'),
  throttledNow: cause((facts) => ({
    title: t('Stigg is throttling right now'),
    why: t('A call from here was turned away as well. Limits count for each environment and each endpoint, over all programs that use {0}.', environmentName(facts)),
    fix: t('Stop repeating at once. Back off exponentially with jitter, and wait as long as Retry-After says where an answer has one.'),
  }), 'limitsDocs', 'tryAgain'),
  burst: cause((facts) => ({
    title: t('The limit of this endpoint was exceeded for a moment'),
    why: t('Limits count for each environment and each endpoint, over all programs that use {0}. No Retry-After is documented.', environmentName(facts)),
    fix: t('Back off exponentially with jitter, cap the number of requests at a time, cache entitlements, and report usage in batches.'),
  }), 'limitsDocs', 'openRequest'),
  unreachable: cause(() => ({
    title: t('Stigg could not be asked, so the key remains unproved'),
    why: t('Without an answer nothing can be said about the key. The request and what is stored were checked all the same.'),
    fix: t('Check the connection, and then again.'),
  }), 'tryAgain', 'showLog'),
  unexplained: cause(() => ({
    title: t('Nothing that was checked explains it'),
    why: t('What can be seen from here is in order. Then it lies in what the program really sends.'),
    fix: t('Send the same request with curl, and compare; give Stigg’s support the trace id of the answer.'),
  }), 'copyCurl', 'openConsole'),
} as const satisfies Readonly<Record<string, Cause>>;
export type CauseId = keyof typeof CAUSES;

function endsAt(facts: Facts, sentence: string): string {
  const end = endOf(facts);
  return end === null || end === undefined ? sentence : `${sentence} ${t('It ends at {0}.', utc(end))}`;
}
