import * as l10n from '@vscode/l10n';
import { mayHoldToken } from '../tokens/find.js';
import type { Rule } from './rule.js';

const VARIABLE = 'STIGG_SERVER_API_KEY';

export const hardcodedServerKey: Rule = {
  id: 'hardcoded-server-key',
  severity: 'warning',
  describe: () => ({
    title: l10n.t('Stigg server key in the source'),
    what: l10n.t('A full access or scoped key of Stigg is written into a file.'),
    why: l10n.t('Whoever can read the file, its history or a copy of it can act as you in that Stigg environment.'),
    howToFix: l10n.t('Keep the key in the keychain and read it from the environment variable {0}.', VARIABLE),
  }),
  bad: [{ path: 'src/billing.ts', text: (k) => `export const key = "${k.server}";\n`, fixed: () => `export const key = process.env.${VARIABLE};\n` }],
  good: [{ path: 'src/billing.ts', text: () => `export const key = process.env.${VARIABLE};\n` }],
  trigger: mayHoldToken,
  *check(file) {
    const tracked = file.context.isTracked(file.path) === true;
    for (const token of file.tokens) {
      if (token.kind !== 'server') continue;
      const lookup = file.language.environmentLookup(VARIABLE, file);
      const edit = lookup === undefined ? undefined : token.holder.replaceBy(lookup);
      yield {
        anchor: `token@${token.start}`,
        severity: tracked ? 'error' : 'warning',
        start: token.start,
        end: token.end,
        message: l10n.t('The Stigg server key {0} is written into this file.', token.mask),
        mask: token.mask,
        fingerprint: token.fingerprint,
        fixes: edit === undefined || lookup === undefined ? [] : [{
          title: l10n.t('Move the key to the keychain and read {0}', lookup),
          safety: 'safe',
          edits: [edit],
          preferred: true,
          before: 'keepSecret',
        }],
      };
    }
  },
};
