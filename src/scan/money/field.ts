import * as l10n from '@vscode/l10n';
import type { Finding, RelatedPlace } from '../finding.js';
import type { Span } from '../languages/language.js';

/** A field as messages name it: the last two names of its path. */
export function fieldName(path: string): string {
  return path.split('.').slice(-2).join('.').replaceAll('[]', '');
}

/** The places that a finding about an amount has to do with; the other use is why there is no fix. */
export function relatedTo(places: readonly RelatedPlace[], otherUse: Span | undefined): Pick<Finding, 'related'> {
  const all = otherUse === undefined ? places : [...places, { start: otherUse.start, end: otherUse.end, message: l10n.t('The same amount goes here too, so it has to be converted where Stigg gets it.') }];
  return all.length === 0 ? {} : { related: all };
}
