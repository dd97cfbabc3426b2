import { centShapedAmount } from './centShapedAmount.js';
import { centsToStigg } from './centsToStigg.js';
import { clientKeyInBackendSdk } from './clientKeyInBackendSdk.js';
import { constantIdempotencyKey } from './constantIdempotencyKey.js';
import { deadKey } from './deadKey.js';
import { expiringKey } from './expiringKey.js';
import { exposedSigningSecret } from './exposedSigningSecret.js';
import { floatingInitialize } from './floatingInitialize.js';
import { hardcodedServerKey } from './hardcodedServerKey.js';
import { ignoredIdempotencyOption } from './ignoredIdempotencyOption.js';
import { keyOnCommandLine } from './keyOnCommandLine.js';
import { listWithoutEntitlements } from './listWithoutEntitlements.js';
import { missingContentType } from './missingContentType.js';
import { missingIdempotencyKey } from './missingIdempotencyKey.js';
import { mixedSurfaces } from './mixedSurfaces.js';
import { overridesAsEntitlements } from './overridesAsEntitlements.js';
import { pageLimitExceeded } from './pageLimitExceeded.js';
import { placeholderHost } from './placeholderHost.js';
import type { Rule } from './rule.js';
import { serverKeyBundled } from './serverKeyBundled.js';
import { serverKeyInFrontend } from './serverKeyInFrontend.js';
import { serverKeyInFrontendSdk } from './serverKeyInFrontendSdk.js';
import { serverKeyInPublicEnv } from './serverKeyInPublicEnv.js';
import { serverSdkInFrontend } from './serverSdkInFrontend.js';
import { stiggAmountDivided } from './stiggAmountDivided.js';
import { stiggDollarsToStripe } from './stiggDollarsToStripe.js';
import { unprotectedEnvFile } from './unprotectedEnvFile.js';
import { unsignedCustomer } from './unsignedCustomer.js';
import { unusedSuppression } from './unusedSuppression.js';
import { wrongAuthHeader } from './wrongAuthHeader.js';
import { wrongEnvironmentKey } from './wrongEnvironmentKey.js';

/** All rules. Where two find the same thing, the earlier one speaks. */
export const RULES: readonly Rule[] = [
  // A dead key leaks nothing.
  deadKey,
  exposedSigningSecret,
  serverKeyInPublicEnv,
  serverKeyInFrontendSdk,
  serverSdkInFrontend,
  serverKeyInFrontend,
  serverKeyBundled,
  unprotectedEnvFile,
  hardcodedServerKey,
  clientKeyInBackendSdk,
  // Only where no leak is worth more.
  wrongEnvironmentKey,
  expiringKey,
  unsignedCustomer,
  placeholderHost,
  keyOnCommandLine,
  centsToStigg,
  // Only where the value itself says nothing.
  centShapedAmount,
  stiggAmountDivided,
  stiggDollarsToStripe,
  listWithoutEntitlements,
  overridesAsEntitlements,
  wrongAuthHeader,
  missingContentType,
  missingIdempotencyKey,
  constantIdempotencyKey,
  ignoredIdempotencyOption,
  pageLimitExceeded,
  mixedSurfaces,
  floatingInitialize,
  unusedSuppression,
];
