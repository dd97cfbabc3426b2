import { Fields } from '../ir/fields.js';
import type { Program } from '../ir/node.js';
import { Scopes } from '../ir/scopes.js';
import { textOf } from '../ir/texts.js';
import { Tracer } from '../ir/trace.js';
import { Writes } from '../ir/writes.js';
import type { IrNode } from '../ir/node.js';
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

  /** The text of an expression, with `UNKNOWN` for what is not constant. */
  textOf(node: IrNode): string {
    return textOf(node, this.tracer, addressBy);
  }

  /** What is written there. */
  slice({ start, end }: { readonly start: number; readonly end: number }): string {
    return this.text.slice(start, end);
  }
}
