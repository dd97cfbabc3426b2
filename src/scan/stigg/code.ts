import { Fields } from '../ir/fields.js';
import type { BindNode, CallNode, FunctionNode, IrNode, NameNode, ObjectNode, OperationNode, Program } from '../ir/node.js';
import { Scopes } from '../ir/scopes.js';
import { textOf } from '../ir/texts.js';
import { Tracer } from '../ir/trace.js';
import { Memory, type MemoryKey } from '../ir/memory.js';
import { Writes } from '../ir/writes.js';
import type { Import } from '../languages/language.js';
import { addressBy } from './endpointFor.js';
import { NodeIndex } from './nodeIndex.js';

const CALLS_OF: MemoryKey<readonly CallNode[]> = {};

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
  readonly #version: Memory;
  #found: NodeIndex | undefined;

  constructor(program: Program, { text, languageId, imports }: Pick<Code, 'text' | 'languageId' | 'imports'>, caller?: { readonly code: Code; readonly tracer: Tracer }) {
    this.program = program;
    this.text = text;
    this.languageId = languageId;
    this.imports = imports;
    this.scopes = caller?.code.scopes ?? new Scopes(program);
    this.writes = caller?.code.writes ?? new Writes(program);
    this.tracer = caller?.tracer ?? new Tracer(this.scopes, this.writes);
    this.fields = new Fields(this.tracer, this.writes);
    // Within a call the values are others.
    this.#version = new Memory();
    if (caller !== undefined) this.#found = caller.code.#found;
  }

  /** The same code as it runs because of that call of the function. */
  within(fn: FunctionNode, call: CallNode): Code {
    return new Code(this.program, this, { code: this, tracer: this.tracer.within(fn, call) });
  }

  /** What was worked out of that before, in this version of the document; otherwise `make` is asked. */
  once<T>(key: MemoryKey<T>, node: object, make: () => T): T {
    return this.#version.recall(key, node, make);
  }

  /** Everything that is called, from the outside inwards. */
  get calls(): readonly CallNode[] {
    return this.#nodes().calls;
  }

  /** The calls of that function of the program, by a name that stands for it alone. */
  callsOf(fn: FunctionNode): readonly CallNode[] {
    return this.once(CALLS_OF, fn, () => {
      const name = fn.name ?? nameOf(fn.parent);
      return name === undefined ? [] : (this.#nodes().callees.get(name) ?? []).filter((call) => this.tracer.functionOf(call) === fn);
    });
  }

  /** Arithmetic and assignments. */
  get operations(): readonly (OperationNode | BindNode)[] {
    return this.#nodes().operations;
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

  #nodes(): NodeIndex {
    this.#found ??= NodeIndex.of(this.program);
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

/** The name of what a function without one is bound to. */
function nameOf(parent: IrNode | undefined): string | undefined {
  return parent?.kind === 'bind' ? parent.targets[0]?.name : parent?.kind === 'wrapped' ? nameOf(parent.parent) : undefined;
}
