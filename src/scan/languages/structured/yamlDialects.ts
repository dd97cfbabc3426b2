import type { Source } from '../../source.js';
import { isSpringConfiguration, springExpression } from './spring.js';

/** Who reads the file. */
export type YamlDialectName = 'compose' | 'github' | 'githubAction' | 'gitlab' | 'azure' | 'bitbucket' | 'circleci' | 'taskfile' | 'serverless' | 'spring';

/** A kind of YAML file, told by its path or by the editor. */
export interface YamlDialect {
  readonly name: YamlDialectName;
  /** How a value reads a variable of the environment; undefined where none can. */
  readonly expression?: (variable: string) => string;
  /** Variables are read below any of these keys only; everywhere when left out. */
  readonly below?: readonly string[];
  /** A value may not read the variable that it defines. */
  readonly isCircular?: boolean;
}

interface Row extends YamlDialect {
  /** Part of the path of a YAML file. */
  readonly path: RegExp;
  readonly languageId?: string;
}

/**
 * Source: the interpolation page of Compose, "Context availability" of GitHub Actions (composite actions have no secrets), GitLab's
 * and Azure's pages on variables, Serverless Framework's page on environment variables.
 */
const ROWS: readonly Row[] = [
  { name: 'github', path: /(?:^|\/)\.(?:github|gitea|forgejo)\/workflows\/[^/]+$/i, languageId: 'github-actions-workflow', expression: (name) => `\${{ secrets.${name} }}`, below: ['env', 'with', 'secrets', 'credentials'] },
  { name: 'githubAction', path: /(?:^|\/)action\.ya?ml$/i },
  { name: 'compose', path: /(?:^|\/)(?:docker-)?compose(?:[.-][^/]*)?\.ya?ml$/i, languageId: 'dockercompose', expression: (name) => `\${${name}}` },
  { name: 'gitlab', path: /\.gitlab-ci\.ya?ml$|(?:^|\/)\.gitlab\//i, expression: (name) => `$${name}`, below: ['variables'], isCircular: true },
  { name: 'azure', path: /azure-pipeline|(?:^|\/)\.azure(?:devops|pipelines)\//i, languageId: 'azure-pipelines', expression: (name) => `$(${name})`, below: ['variables', 'env', 'inputs'], isCircular: true },
  { name: 'bitbucket', path: /(?:^|\/)bitbucket-pipelines\.ya?ml$/i },
  { name: 'circleci', path: /(?:^|\/)\.circleci\//i },
  { name: 'taskfile', path: /(?:^|\/)taskfile(?:[.-][^/]*)?\.ya?ml$/i },
  { name: 'serverless', path: /(?:^|\/)serverless(?:[.-][^/]*)?\.ya?ml$/i, expression: (name) => `\${env:${name}}` },
];
const SPRING: YamlDialect = { name: 'spring', expression: springExpression, isCircular: true };

/** The dialect of the file, by its path before the editor's language; undefined for YAML of any other kind. */
export function yamlDialect(source: Source): YamlDialect | undefined {
  if (isSpringConfiguration(source)) return SPRING;
  const byPath = /\.ya?ml$/i.test(source.path) ? ROWS.find(({ path }) => path.test(source.path)) : undefined;
  return byPath ?? ROWS.find(({ languageId }) => languageId === source.languageId);
}
