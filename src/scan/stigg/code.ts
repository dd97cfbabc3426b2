import { Fields } from '../ir/fields.js';
import type { BindNode, CallNode, FunctionNode, IrNode, NameNode, ObjectNode, Program } from '../ir/node.js';
import { Scopes } from '../ir/scopes.js';
import { textOf } from '../ir/texts.js';
import { Tracer } from '../ir/trace.js';
import { walk } from '../ir/walk.js';
import { Writes } from '../ir/writes.js';
import type { Import } from '../languages/language.js';
import { addressBy } from './endpointFor.js';

interface Found {
  readonly calls: readonly CallNode[];
  readonly typedObjects: readonly ObjectNode[];
  readonly names: ReadonlyMap<string, readonly NameNode[]>;
  readonly assignments: ReadonlyMap<string, readonly BindNode[]>;
}

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
  #found: Found | undefined;

  constructor(program: Program, { text, languageId, imports }: Pick<Code, 'text' | 'languageId' | 'imports'>, caller?: { readonly code: Code; readonly tracer: Tracer }) {
    this.program = program;
    this.text = text;
    this.languageId = languageId;
    this.imports = imports;
    this.scopes = caller?.code.scopes ?? new Scopes(program);
    this.writes = caller?.code.writes ?? new Writes(program);
    this.tracer = caller?.tracer ?? new Tracer(this.scopes, this.writes);
    this.fields = new Fields(this.tracer, this.writes);
    if (caller !== undefined) this.#found = caller.code.#found;
  }

  /** The same code as it runs because of that call of the function. */
  within(fn: FunctionNode, call: CallNode): Code {
    return new Code(this.program, this, { code: this, tracer: this.tracer.within(fn, call) });
  }

  /** Everything that is called, from the outside inwards. */
  get calls(): readonly CallNode[] {
    return this.#nodes().calls;
  }

  /** The object literals that say their type. */
  get typedObjects(): readonly ObjectNode[] {
    return this.#nodes().typedObjects;
  }

  /** Where that name stands, whatever it means there; scopes are up to the caller. What declares or assigns it is no such place. */
  namesOf(name: string): readonly NameNode[] {
    return this.#nodes().names.get(name) ?? [];
  }

  /** The assignments to a plain name that do not declare it: also those that a method makes to a field. */
  assignmentsTo(name: string): readonly BindNode[] {
    return this.#nodes().assignments.get(name) ?? [];
  }

  #nodes(): Found {
    if (this.#found === undefined) {
      const calls: CallNode[] = [];
      const typedObjects: ObjectNode[] = [];
      const names = new Map<string, NameNode[]>();
      const assignments = new Map<string, BindNode[]>();
      for (const node of walk(this.program.root)) {
        if (node.kind === 'call') calls.push(node);
        else if (node.kind === 'object' && node.type !== undefined) typedObjects.push(node);
        else if (node.kind === 'name') put(names, node.name, node);
        else if (node.kind === 'bind' && !node.isDeclaration) for (const { name } of node.targets) if (name !== undefined) put(assignments, name, node);
      }
      this.#found = { calls, typedObjects, names, assignments };
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

function put<T>(all: Map<string, T[]>, name: string, node: T): void {
  const known = all.get(name);
  if (known === undefined) all.set(name, [node]);
  else known.push(node);
}
