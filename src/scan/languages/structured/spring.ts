import type { Source } from '../../source.js';

/** Spring reads `${NAME}` in these from the environment. Other frameworks have files of these names too, hence the folder. */
const FOLDER = /(?:^|\/)src\/(?:main|test)\/resources\//i;
const FILE = /(?:^|\/)(?:application|bootstrap)(?:-[^/]*)?\.(?:properties|ya?ml)$/i;

/** Whether Spring Boot reads the file, and resolves placeholders in it. */
export function isSpringConfiguration({ path }: Source): boolean {
  return FOLDER.test(path) && FILE.test(path);
}

/** The placeholder that Spring Boot replaces by the variable. */
export function springExpression(variable: string): string {
  return `\${${variable}}`;
}
