import { Fields } from '../ir/fields.js';
import type { BindNode, CallNode, FunctionNode, IrNode, NameNode, ObjectNode, OperationNode, Program } from '../ir/node.js';
import { Scopes } from '../ir/scopes.js';
import { pieceAround } from '../ir/shells.js';
import { textOf } from '../ir/texts.js';
import { Tracer } from '../ir/trace.js';
import { calleeText } from '../ir/objects.js';
import { unwrap } from '../ir/walk.js';
import { Memory, type MemoryKey } from '../ir/memory.js';
import { OuterNames } from '../ir/outerNames.js';
import { Writes } from '../ir/writes.js';
import type { Import } from '../languages/language.js';
import { addressBy } from './endpointFor.js';
import type { Focus } from './focus.js';
import { NodeIndex } from './nodeIndex.js';

type NodesBy<K extends 'callees' | 'names' | 'functions' | 'assignments'> = NodeIndex[K] extends Map<string, (infer T)[]> ? T : never;

/** What the statements of the outermost level have of a name. */
const OUTER: Readonly<Record<'callees' | 'names' | 'functions' | 'assignments', MemoryKey<OuterNames<readonly IrNode[], readonly IrNode[]>>>> = { callees: {}, names: {}, functions: {}, assignments: {} };
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
  /** The statements that questions are about, where that is not all of the program. */
  readonly focus: Focus | undefined;
  readonly #version: Memory;
  #found: NodeIndex | undefined;

  constructor(program: Program, { text, languageId, imports }: Pick<Code, 'text' | 'languageId' | 'imports'>, caller?: { readonly code: Code; readonly tracer: Tracer }, focus = caller?.code.focus) {
    this.program = program;
    this.text = text;
    this.languageId = languageId;
    this.imports = imports;
    this.focus = focus;
    this.scopes = caller?.code.scopes ?? new Scopes(program, focus?.asked);
    this.writes = caller?.code.writes ?? new Writes(program, focus === undefined ? undefined : { asked: focus.asked, whole: focus.whole.writes });
    this.tracer = caller?.tracer ?? new Tracer(this.scopes, this.writes);
    this.fields = new Fields(this.tracer, this.writes);
    // Within a call the values are others.
    this.#version = new Memory();
    if (caller !== undefined) {
      this.#found = caller.code.#found;
    }
  }

  /** The same code as it runs because of that call of the function. */
  within(fn: FunctionNode, call: CallNode): Code {
    return new Code(this.program, this, { code: this, tracer: this.tracer.within(fn, call) });
  }

  /** What was worked out of that before, in this version of the document; otherwise `make` is asked. */
  once<T>(key: MemoryKey<T>, node: object, make: () => T): T {
    return this.#version.recall(key, node, make);
  }

  /** The same code, asked about some statements of its outermost level. */
  focusedOn(focus: Focus): Code {
    return new Code(this.program, this, undefined, focus);
  }

  /** What is looked through: the whole program, or the statements that questions are about. */
  get subjects(): readonly IrNode[] {
    return this.focus?.statements ?? [this.program.root];
  }

  /** Everything that is called, from the outside inwards. */
  get calls(): readonly CallNode[] {
    return this.#subjects().calls;
  }

  /** The calls of what is written as this: `axios.interceptors.request.use`. */
  callsOfText(callee: string): readonly CallNode[] {
    const last = callee.slice(callee.lastIndexOf('.') + 1);
    if (this.focus !== undefined) return this.focus.asked.about('callsOfText', callee, last, (whole) => whole.callsOfText(callee));
    return this.#named('callees', last).filter((call) => calleeText(unwrap(call.callee)) === callee);
  }

  /** Whether the text, all of it, has that anywhere; on one line. */
  says(words: RegExp): boolean {
    return this.focus === undefined ? words.test(this.text) : this.focus.asked.says(words);
  }

  /** Whether the text, all of it, has those words anywhere. */
  isWritten(words: string): boolean {
    this.focus?.asked.about('isWritten', words, undefined, (whole) => [whole.isWritten(words)]);
    return this.text.includes(words);
  }

  /** The calls of that function of the program, by a name that stands for it alone. */
  callsOf(fn: FunctionNode): readonly CallNode[] {
    if (this.focus !== undefined && fn.shell !== undefined) {
      this.focus.asked.everything();
      return this.focus.whole.callsOf(fn);
    }
    if (this.focus !== undefined) return this.focus.asked.about('callsOf', fn, fn.name ?? nameOf(fn.parent), (whole) => whole.callsOf(fn));
    return this.once(CALLS_OF, fn, () => {
      const name = fn.name ?? nameOf(fn.parent);
      return name === undefined ? [] : this.#named('callees', name).filter((call) => this.tracer.functionOf(call) === fn);
    });
  }

  /** Arithmetic and assignments. */
  get operations(): readonly (OperationNode | BindNode)[] {
    return this.#subjects().operations;
  }

  /** The object literals that say their type. */
  get typedObjects(): readonly ObjectNode[] {
    return this.#subjects().typedObjects;
  }

  /**
   * Where that name stands, whatever it means there; scopes are up to the caller. What declares or assigns it is no such place. `near` is inside of the scope
   * that the name is about: what is declared in a function stands nowhere else.
   */
  namesOf(name: string, near?: IrNode): readonly NameNode[] {
    if (near !== undefined && this.scopes.isLocal(name, near)) return NodeIndex.within(pieceAround(near), this.program.memory).names.get(name) ?? [];
    if (this.focus === undefined) return this.#named('names', name);
    return this.focus.asked.about('namesOf', name, name, (whole) => whole.namesOf(name));
  }

  /** The functions of that name, methods too. */
  functionsNamed(name: string): readonly FunctionNode[] {
    if (this.focus === undefined) return this.#named('functions', name);
    return this.focus.asked.about('functionsNamed', name, name, (whole) => whole.functionsNamed(name));
  }

  /** The assignments to a plain name that do not declare it: also those that a method makes to a field. */
  assignmentsTo(name: string): readonly BindNode[] {
    if (this.focus !== undefined) return this.focus.asked.about('assignmentsTo', name, name, (whole) => whole.assignmentsTo(name));
    return this.#named('assignments', name);
  }

  /** Few names are asked for: making one index of all statements would cost more. */
  #named<K extends 'callees' | 'names' | 'functions' | 'assignments'>(by: K, name: string): readonly NodesBy<K>[] {
    const { pieces, memory } = this.program;
    const outer = memory.recall(OUTER[by], memory, () => new OuterNames<readonly IrNode[], readonly IrNode[]>());
    return (outer.of(name, pieces, (piece) => NodeIndex.within(piece, memory)[by], (parts) => parts.flat()) ?? []) as readonly NodesBy<K>[];
  }

  #subjects(): NodeIndex {
    return this.focus?.index ?? this.#nodes();
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
