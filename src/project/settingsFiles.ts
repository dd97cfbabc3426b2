import * as l10n from '@vscode/l10n';
import { join, parentOf, type FileReader } from './fileReader.js';
import { onceFor } from './onceFor.js';
import { SETTINGS_FILE } from './projectFiles.js';
import { Settings, type SettingsProblem } from './settings.js';
import { parseSettings } from './settingsParser.js';

/**
 * Finds the settings that a file is under: the nearest settings file upwards, as far as the repository's root, and that one alone. A
 * settings file in a folder replaces those above it, so that what holds for a file can be read in one place. Remembers what it read
 * until told to forget.
 */
export class SettingsFiles {
  readonly #reader: FileReader;
  readonly #onProblem: ((problem: SettingsProblem) => void) | undefined;
  readonly #byFolder = new Map<string, Promise<Settings>>();

  /** @param onProblem told once for each file, when it is read */
  constructor(reader: FileReader, onProblem?: (problem: SettingsProblem) => void) {
    this.#reader = reader;
    this.#onProblem = onProblem;
  }

  /**
   * The settings for the files of a folder.
   *
   * @param top the last folder to look in, such as the repository's root; all folders above are looked in when it is left out
   */
  async nearest(folder: string, top?: string): Promise<Settings> {
    const place = `${top ?? ''}\0${folder}`;
    return onceFor(this.#byFolder, place, () => this.#find(folder, top));
  }

  /** To be called when a settings file was changed, made or deleted. */
  forget(): void {
    this.#byFolder.clear();
  }

  async #find(folder: string, top: string | undefined): Promise<Settings> {
    const path = join(folder, SETTINGS_FILE);
    const bytes = await this.#reader.read(path);
    if (bytes !== undefined) {
      const settings = new Settings(folder, parseSettings(path, bytes));
      if (this.#onProblem !== undefined) {
        // Only who has a settings file needs all rules for it.
        const { RULES } = await import('../scan/rules/index.js');
        for (const problem of [...settings.problems, ...unknownRules(path, settings, RULES.map(({ id }) => id))]) this.#onProblem(problem);
      }
      return settings;
    }
    const parent = folder === top ? undefined : parentOf(folder);
    return parent === undefined ? Settings.none : this.nearest(parent, top);
  }
}

/** The rules that a settings file names and that do not exist. The parser knows none of them, so that reading settings loads none. */
export function unknownRules(path: string, settings: Settings, ruleIds: readonly string[]): SettingsProblem[] {
  return settings.namedRules
    .filter(({ name }) => !ruleIds.includes(name))
    .map(({ name, line }) => ({ path, line, message: l10n.t('There is no rule called {0}.', name.replace(/\p{C}/gu, '?').slice(0, 60)) }));
}
