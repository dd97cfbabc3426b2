import * as vscode from 'vscode';
import { ExpectedError } from '../../errors.js';
import { parseQuietHours } from '../../keys/reminders/quietHours.js';
import type { ReminderSettings } from '../../keys/reminders/reminders.js';

const DEFAULT_MAX_AGE_DAYS = 180;

/** The settings `stiggKeys.reminders.*` as they stand. A bad value counts as its default, and the quiet hours' is told, once for each. */
export class ReminderConfiguration {
  readonly #reportError: (error: unknown) => void;
  #told: string | undefined;

  constructor(reportError: (error: unknown) => void) {
    this.#reportError = reportError;
  }

  read(): ReminderSettings {
    const settings = vscode.workspace.getConfiguration('stiggKeys.reminders');
    const days: unknown = settings.get('maxKeyAgeDays');
    const text: unknown = settings.get('quietHours');
    const hours = typeof text === 'string' ? parseQuietHours(text) : 'bad';
    if (hours === 'bad') this.#tell(String(text));
    return {
      isEnabled: settings.get('enabled') !== false,
      maxKeyAgeDays: typeof days === 'number' && Number.isFinite(days) && days >= 0 ? days : DEFAULT_MAX_AGE_DAYS,
      quietHours: hours === 'bad' ? null : hours,
    };
  }

  #tell(text: string): void {
    if (this.#told === text) return;
    this.#told = text;
    this.#reportError(new ExpectedError(
      'badQuietHours',
      vscode.l10n.t('The setting "stiggKeys.reminders.quietHours" is not understood, so there are no quiet hours: {0}', JSON.stringify(text.slice(0, 40))),
      vscode.l10n.t('Write it like "22:00-07:00", or leave it empty.'),
    ));
  }
}
