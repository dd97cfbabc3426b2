import * as l10n from '@vscode/l10n';
import type { Fix } from '../finding.js';
import type { SdkInit } from '../languages/language.js';
import type { Rule } from './rule.js';

const MODULE = 'io.stigg:stigg-java';
const HOST = 'https://api.stigg.io';
/** Where the client sends requests when nobody tells it: `PRODUCTION_URL` in its ClientOptions.kt (0.1.0-alpha.4). */
const PLACEHOLDER = 'https://api.example.com';

const client = (chain: string): string => 'import io.stigg.client.StiggClient;\nimport io.stigg.client.okhttp.StiggOkHttpClient;\n\n'
  + `class Billing {\n    private final StiggClient client = StiggOkHttpClient${chain};\n}\n`;

/** The Java REST client without a base URL. */
export const placeholderHost: Rule = {
  id: 'placeholder-host',
  severity: 'warning',
  describe: () => ({
    title: l10n.t('Stigg client without a host'),
    what: l10n.t('The REST client for Java and Kotlin is built without a base URL.'),
    why: l10n.t('Its built-in default is the placeholder {0}: the requests, and the server key in their headers, leave for a host that is not Stigg.', PLACEHOLDER),
    howToFix: l10n.t('Set {0} in the builder, or build with {1} and set {2}.', `baseUrl("${HOST}")`, 'fromEnv()', 'STIGG_BASE_URL'),
  }),
  bad: [
    {
      path: 'src/main/java/Billing.java',
      text: () => client('.builder().apiKey(System.getenv("STIGG_API_KEY")).build()'),
      fixed: () => client(`.builder().apiKey(System.getenv("STIGG_API_KEY")).baseUrl("${HOST}").build()`),
    },
    {
      path: 'src/main/java/Async.java',
      text: () => 'import io.stigg.client.okhttp.StiggOkHttpClientAsync;\n\nclass Async {\n    Object client(String key) {\n        return StiggOkHttpClientAsync.builder().apiKey(key).build();\n    }\n}\n',
      fixed: () => `import io.stigg.client.okhttp.StiggOkHttpClientAsync;\n\nclass Async {\n    Object client(String key) {\n        return StiggOkHttpClientAsync.builder().apiKey(key).baseUrl("${HOST}").build();\n    }\n}\n`,
    },
    {
      path: 'src/main/kotlin/Billing.kt',
      text: () => 'import io.stigg.client.okhttp.StiggOkHttpClient\n\nval client = StiggOkHttpClient.builder().apiKey(System.getenv("STIGG_API_KEY")).build()\n',
      fixed: () => `import io.stigg.client.okhttp.StiggOkHttpClient\n\nval client = StiggOkHttpClient.builder().apiKey(System.getenv("STIGG_API_KEY")).baseUrl("${HOST}").build()\n`,
    },
    {
      path: 'src/main/java/Retries.java',
      text: () => client('.builder().apiKey(key).maxRetries(4).build()'),
      fixed: () => client(`.builder().apiKey(key).maxRetries(4).baseUrl("${HOST}").build()`),
    },
  ],
  good: [
    { path: 'src/main/java/Billing.java', text: () => client(`.builder().apiKey(key).baseUrl("${HOST}").build()`) },
    { path: 'src/main/java/FromEnv.java', text: () => client('.fromEnv()') },
    { path: 'src/main/java/Mixed.java', text: () => client('.builder().fromEnv().apiKey(key).build()') },
    { path: 'src/main/java/Other.java', text: () => 'import okhttp3.OkHttpClient;\n\nclass Other { // not Stigg\n    Object client = new OkHttpClient.Builder().build();\n}\n' },
    { path: 'src/main/java/Old.java', text: () => 'import io.stigg.api.client.Stigg;\n\nclass Old {\n    Stigg stigg = Stigg.createClient(System.getenv("STIGG_SERVER_API_KEY"));\n}\n' },
    { path: 'src/main/kotlin/Local.kt', text: () => 'import io.stigg.client.okhttp.StiggOkHttpClient\n\nval client = StiggOkHttpClient.builder().apiKey(key).baseUrl(server.url("/").toString()).build()\n' },
  ],
  trigger: (text) => text.includes('StiggOkHttpClient'),
  *check(file) {
    for (const init of file.sdkInits) {
      if (init.module !== MODULE || init.isOpen || init.arguments.has('baseUrl') || init.arguments.has('fromEnv')) continue;
      yield {
        anchor: `host@${init.start}`,
        severity: 'warning',
        start: init.start,
        end: init.end,
        message: l10n.t('This client has no base URL: it sends its requests, and the key with them, to {0} instead of Stigg.', PLACEHOLDER),
        fixes: fixes(init),
      };
    }
  },
};

/** Unsafe: from then on the requests arrive, and do what they are for. */
function fixes(init: SdkInit): Fix[] {
  const edits = init.addArgument('baseUrl', `"${HOST}"`);
  return edits === undefined ? [] : [{ title: l10n.t('Set the base URL to {0}', HOST), safety: 'unsafe', edits, preferred: true }];
}
