/** The name of the settings file that editor and command line share. */
export const SETTINGS_FILE = '.stigg-keys.json';

/** Whether facts that a Project remembers depend on that file. */
export function isProjectFile(path: string): boolean {
  return /(?:^|\/)(?:package\.json|\.gitignore|\.git|\.git\/info\/exclude)$/.test(path)
    || (/(?:^|\/)\.git\//.test(path) && path.endsWith('/index'))
    || isStructureFile(path) || isSettingsFile(path);
}

/** A settings file by its name, in whichever folder. */
export function isSettingsFile(path: string): boolean {
  return path.endsWith(`/${SETTINGS_FILE}`) || path === SETTINGS_FILE;
}

/** Files that say what import specifiers mean. */
export function isStructureFile(path: string): boolean {
  return /(?:^|\/)(?:(?:ts|js)config(?:\.[\w.-]+)?\.json|pnpm-workspace\.yaml)$/.test(path);
}
