import { t } from '@vscode/l10n';
import type { Banner } from '../../webview/keyDetails/protocol.js';
import { dateTimeWords, timeLeft } from '../environments/wording.js';
import type { KeyState } from './keyView.js';

/** What has happened to the key, and where to go from here. */
export function bannersOf({ environment, row, presence, found, successor }: KeyState): readonly Banner[] {
  const name = row.key.displayName;
  const next: Banner['button'] = successor === undefined ? null : { action: 'successor', label: t('Show the New Key'), refusal: null };
  const again: Banner['button'] = { action: 'refresh', label: t('Try Again'), refusal: null };
  const banners: Banner[] = [];
  if (found !== undefined && found.error !== null) banners.push({ tone: 'bad', text: found.error.full, button: again });
  if (presence === 'removed') {
    banners.push({ tone: 'bad', text: t('{0} was removed from this machine. What you see is what was known of the key; at Stigg nothing has changed.', environment.displayName), button: null });
  } else if (presence === 'gone') {
    banners.push({ tone: 'bad', text: t('Stigg no longer lists this key: it was revoked or removed. What you see is what was known of it.'), button: next ?? again });
  } else if (!row.isListed) {
    banners.push({ tone: 'warning', text: t('Stigg does not list this key: it has ended there, or its id could not be learned. Its value can be used as long as it works.'), button: next });
  } else if (row.status.kind === 'expired') {
    banners.push({ tone: 'bad', text: successor === undefined ? t('This key has expired or was revoked.') : t('This key has ended. The key of the same name that was made on {0} took its place.', dateTimeWords(successor.key.createdAt)), button: next });
  } else if (row.status.kind === 'expiring') {
    const left = timeLeft(row.status.msLeft);
    banners.push({
      tone: 'warning',
      text: successor === undefined
        ? t('"{0}" is on its way out and stops working in {1}.', name, left)
        : t('"{0}" was rotated. This value works for {1} more; the new one was made on {2}.', name, left, dateTimeWords(successor.key.createdAt)),
      button: next,
    });
  }
  return banners;
}
