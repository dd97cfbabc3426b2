import { Fields } from '../ir/fields.js';
import type { CallNode, IrNode, ObjectNode, Program } from '../ir/node.js';
import { Scopes } from '../ir/scopes.js';
import { textOf } from '../ir/texts.js';
import { Tracer } from '../ir/trace.js';
import { walk } from '../ir/walk.js';
import { Writes } from '../ir/writes.js';
import type { Import } from '../languages/language.js';
import { addressBy } from './endpointFor.js';

/** The code of one part with what answers questions about it. */
export class Code {
  readonly program: Program;
  readonly text: string;
  readonly languageId: string;
  readonly imports: readonly Import[];
  readonly scopes: Scopes;
  readonly writes: Writes;
  readonly tracer: Tracer;
  readonly fields: Fields;
  #found: { readonly calls: readonly CallNode[]; readonly typedObjects: readonly ObjectNode[] } | undefined;

  constructor(program: Program, { text, languageId, imports }: { readonly text: string; readonly languageId: string; readonly imports: readonly Import[] }) {
    this.program = program;
    this.text = text;
    this.languageId = languageId;
    this.imports = imports;
    this.scopes = new Scopes(program);
    this.writes = new Writes(program);
    this.tracer = new Tracer(this.scopes, this.writes);
    this.fields = new Fields(this.tracer, this.writes);
  }

  /** Everything that is called, from the outside inwards. */
  get calls(): readonly CallNode[] {
    return this.#nodes().calls;
  }

  /** The object literals that say their type. */
  get typedObjects(): readonly ObjectNode[] {
    return this.#nodes().typedObjects;
  }

  #nodes(): { readonly calls: readonly CallNode[]; readonly typedObjects: readonly ObjectNode[] } {
    if (this.#found === undefined) {
      const calls: CallNode[] = [];
      const typedObjects: ObjectNode[] = [];
      for (const node of walk(this.program.root)) {
        if (node.kind === 'call') calls.push(node);
        else if (node.kind === 'object' && node.type !== undefined) typedObjects.push(node);
      }
      this.#found = { calls, typedObjects };
    }
    return this.#found;
  }

  /** The text of an expression, with `UNKNOWN` for what is not constant. */
  textOf(node: IrNode): string {
    return textOf(node, this.tracer, addressBy);
  }

  /** What is written there. */
  slice({ start, end }: { readonly start: number; readonly end: number }): string {
    return this.text.slice(start, end);
  }
}
