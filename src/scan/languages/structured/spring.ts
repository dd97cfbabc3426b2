import type { Source } from '../../source.js';

/** Spring reads `${NAME}` in these from the environment. Other frameworks have files of these names too, hence the folder. */
const SPRING = /(?:^|\/)src\/(?:main|test)\/resources\/(?:.*\/)?(?:application|bootstrap)(?:-[^/]*)?\.(?:properties|ya?ml)$/i;

export function isSpringConfiguration({ path }: Source): boolean {
  return SPRING.test(path);
}

export function springExpression(variable: string): string {
  return `\${${variable}}`;
}
