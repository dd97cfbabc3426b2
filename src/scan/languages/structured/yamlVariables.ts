import type { YamlDialectName } from './yamlDialects.js';
import type { YamlEntry } from './yamlEntries.js';

const BLOCK = /^(?:variables|env|environment)$/;
const MOST_VARIABLES = 200;
const LONGEST = 300;

interface Variable {
  readonly name: string;
  readonly value: string;
  /** The names around the block that sets it. */
  readonly around: readonly string[];
  /** The mapping that the block is an entry of. */
  readonly mapping: number;
}

/** The variables that the document itself gives its steps: `variables:` of GitLab and Azure, `env:` of GitHub, `environment:` of CircleCI. */
export class YamlVariables {
  readonly #all: readonly Variable[];
  readonly #dialect: YamlDialectName | undefined;

  constructor(text: string, dialect: YamlDialectName | undefined, entries: readonly YamlEntry[]) {
    this.#dialect = dialect;
    this.#all = entries.flatMap(({ names: [name = '', block = '', ...around], key, value, outer }): Variable[] => {
      if (key === undefined || value === undefined || !BLOCK.test(block) || value.style === 'literal' || value.style === 'folded' || value.end - value.start > LONGEST) return [];
      return [{ name, value: text.slice(value.start, value.end), around, mapping: outer }];
    }).slice(0, MOST_VARIABLES).sort((a, b) => a.around.length - b.around.length);
  }

  /** Those that the step has, as they are written; a nearer one hides one further out. */
  of(step: YamlEntry): ReadonlyMap<string, string> {
    const written = new Map<string, string>();
    for (const variable of this.#all) if (this.#isFor(variable, step)) written.set(variable.name, variable.value);
    return written;
  }

  #isFor({ around, mapping }: Variable, { names, mapping: own }: YamlEntry): boolean {
    if (around.length === 0) return true;
    // Steps, and jobs in Azure's pipelines, are lists, whose items have no names.
    if (around.includes('steps')) return mapping === own;
    return this.#dialect !== 'azure' && around.length < names.length && around.every((name, index) => name === names[names.length - around.length + index]);
  }
}
