/**
 * The intermediate representation: what code says, whatever language it is written in. Each language lowers its syntax tree to it
 * once (`LoweringRules`), and every question about values, calls and requests is asked of it alone. It keeps names as they are
 * written (`amounts_off`, `AmountsOff`): who compares them makes them canonical.
 */

import type { Memory } from './memory.js';
import type { Moves } from './moves.js';
import type { Shell } from './shells.js';

/** Offsets are UTF-16, of the part's text; `end` is exclusive. */
interface Place {
  readonly start: number;
  readonly end: number;
  /** What holds it; undefined for the root. Set when the parent is made. */
  readonly parent?: IrNode | undefined;
  /** The nodes directly inside, in order; see `childrenOf`. Set when the node is made. */
  readonly childNodes?: readonly IrNode[];
  /** What it holds, where its statements are followed one by one. */
  readonly shell?: Shell | undefined;
}

export type IrNode =
  | NumberNode | TextNode | NameNode | MemberNode | ElementNode | CallNode | ObjectNode | ListNode | OperationNode | ChoiceNode | WrappedNode
  | FunctionNode | ClassNode | BindNode | ReturnNode | GroupNode;

export type IrKind = IrNode['kind'];

/** A numeric literal: `4900`, `49.00`, `4_900`, `49m`, `0x10`. */
export interface NumberNode extends Place {
  readonly kind: 'number';
  readonly value: number;
}

/** A string, also one with interpolations, and texts that stand for themselves: Ruby's `:usd`. The span includes the quotes. */
export interface TextNode extends Place {
  readonly kind: 'text';
  readonly parts: readonly (TextStretch | IrNode)[];
}

/** A literal stretch of a text; the span is that of the content. `value` is unescaped; as long as the span where nothing is escaped. */
export interface TextStretch {
  readonly kind: 'stretch';
  readonly value: string;
  readonly start: number;
  readonly end: number;
}

/** A plain name: variable, function, type, also `this`, `self`, `true`, `null`. PHP's without `$`; Ruby's `@x` is the member `x` of the name `self`. */
export interface NameNode extends Place {
  readonly kind: 'name';
  readonly name: string;
}

/** A member that goes by a constant name: `a.b`, `a?.b`, `a['b']`, `a[:b]`, `a->b`, `A::b`, and Ruby's `a.b` without arguments. */
export interface MemberNode extends Place {
  readonly kind: 'member';
  readonly object: IrNode;
  readonly name: string;
  /** Where the name stands, without quotes. */
  readonly nameStart: number;
  readonly nameEnd: number;
}

/** An element that goes by a number or an expression: `a[0]`, `a[i]`. */
export interface ElementNode extends Place {
  readonly kind: 'element';
  readonly object: IrNode;
  readonly index: IrNode | undefined;
}

/** A call: `f(x)`, `a.f(x)`, `new C(x)`, `f x`, also a conversion such as Go's `float64(x)`. A Ruby block and a trailing lambda come last among the arguments. */
export interface CallNode extends Place {
  readonly kind: 'call';
  /** A name, a member, or any expression; for `new C(x)` the type. */
  readonly callee: IrNode;
  readonly arguments: readonly Argument[];
  readonly isNew: boolean;
  /** The argument list with its brackets; the end of the callee where there is none. */
  readonly listStart: number;
  readonly listEnd: number;
}

export interface Argument {
  /** Of a keyword argument: `amounts_off=…`, `amounts_off: …`, `amountsOff = …`. */
  readonly name: string | undefined;
  readonly value: IrNode;
  /** `...x`, `*x`, `**x`: the value holds further arguments. */
  readonly isSpread: boolean;
  /** With its name. */
  readonly start: number;
  readonly end: number;
}

/** Named values: an object, dictionary, hash, map or struct literal, an object initialiser. An empty PHP array is a list. */
export interface ObjectNode extends Place {
  readonly kind: 'object';
  /** The type as it is written, where there is one: Go's and Rust's struct literals, C#'s `new T { … }` (also by the declaration for `new() { … }`). */
  readonly type: string | undefined;
  readonly entries: readonly Entry[];
  /** Just inside of the brackets: where a first entry would go, and where the last one ends. */
  readonly innerStart: number;
  readonly innerEnd: number;
}

export interface Entry {
  /** The constant name; undefined for computed names and spreads. */
  readonly key: string | undefined;
  /** Without quotes; of a computed name all of it. */
  readonly keyStart: number;
  readonly keyEnd: number;
  /** What makes the name where it is no constant: `{ [HEADER]: … }`, Python's `{ HEADER: … }`. */
  readonly computed?: IrNode | undefined;
  /** For `{ amount }` the name itself. */
  readonly value: IrNode;
  /** `...x`, `**x`: the value holds further entries. */
  readonly isSpread: boolean;
  /** `{ amount }`: name and value are one. */
  readonly isShorthand: boolean;
  readonly start: number;
  readonly end: number;
}

/** An array, list, tuple, set or slice literal. A spread is a wrapped element. */
export interface ListNode extends Place {
  readonly kind: 'list';
  readonly elements: readonly IrNode[];
}

/** Arithmetic and whatever else has an operator: `+ - * / // % **`, unary with one operand, Kotlin's `to`; comparisons by their sign. */
export interface OperationNode extends Place {
  readonly kind: 'operation';
  readonly operator: string;
  readonly operands: readonly IrNode[];
}

/** One of several values: conditional expressions, `??`, `||`, `?:`, `if` and `match` as expressions. `a && b` has the one alternative `b`. */
export interface ChoiceNode extends Place {
  readonly kind: 'choice';
  readonly alternatives: readonly IrNode[];
  /** What decides. */
  readonly conditions: readonly IrNode[];
}

/** What leaves the value as it is. `spread` is an element that stands for the elements of its value. */
export interface WrappedNode extends Place {
  readonly kind: 'wrapped';
  readonly by: 'parentheses' | 'await' | 'cast' | 'reference' | 'spread';
  readonly inner: IrNode;
}

/** A function, method, lambda, block or closure. Its value is what it returns: the value of an expression body is a `return` too, and so is the last expression where the language has it so. */
export interface FunctionNode extends Place {
  readonly kind: 'function';
  readonly name: string | undefined;
  readonly parameters: readonly Parameter[];
  readonly body: readonly IrNode[];
}

export interface Parameter {
  /** The names that it binds: one, or those of a pattern. */
  readonly targets: readonly Target[];
  /** The type as it is written. */
  readonly type: string | undefined;
  readonly fallback: IrNode | undefined;
  readonly start: number;
  readonly end: number;
}

/** A class, module, struct or object with its fields (binds that declare), methods and other code. */
export interface ClassNode extends Place {
  readonly kind: 'class';
  readonly name: string | undefined;
  readonly members: readonly IrNode[];
}

/** A declaration or an assignment. */
export interface BindNode extends Place {
  readonly kind: 'bind';
  readonly targets: readonly Target[];
  readonly value: IrNode | undefined;
  /** `=`, or the operator of a compound assignment: `*` for `*=`. */
  readonly operator: string;
  /** It makes a new name, or may do so (Python, Ruby, PHP: every plain assignment). */
  readonly isDeclaration: boolean;
  /** A loop: the targets are elements of the value. */
  readonly isEach: boolean;
  /** The type as it is written. */
  readonly type: string | undefined;
}

/** One thing that a pattern gives a value. */
export interface Target {
  /** The new or assigned name; undefined for a place. */
  readonly name: string | undefined;
  /** `a.b = …`, `a['b'] = …`: what is assigned to. A child of the node that has the target. */
  readonly place: IrNode | undefined;
  /** What it takes from the value: keys and positions, outermost first. `['data', '0']`; empty for the value itself. Of several results of a Go function the first has an empty path, the second `['#1']`. */
  readonly path: readonly string[];
  readonly start: number;
  readonly end: number;
}

export interface ReturnNode extends Place {
  readonly kind: 'return';
  readonly value: IrNode | undefined;
}

/** Everything else that has parts: statements, blocks, expressions nobody asks about. */
export interface GroupNode extends Place {
  readonly kind: 'group';
  readonly children: readonly IrNode[];
  /** Names that are declared inside are unknown outside: blocks, in languages where they are. */
  readonly isScope: boolean;
}

/** The code of one part. */
export interface Program {
  readonly root: GroupNode;
  /** What is followed by itself, in the order of the text: the statements of the outermost level, with shells and what they hold in place of those that are too long. */
  readonly pieces: readonly IrNode[];
  readonly memory: Memory;
  /** What has to be moved before somebody looks at it, where the program is of a document that is followed. */
  readonly moves?: Moves | undefined;
}
