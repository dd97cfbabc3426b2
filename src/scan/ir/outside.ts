import type { Step } from './access.js';
import type { IrNode } from './node.js';

/** Is told what questions about some statements of a program ask of the others. */
export interface Outside {
  /** What a name stands for at the outermost level, or in that shell. */
  name(name: string, shell?: IrNode): void;
  /** What gives a member its value where no class is around, or of that class, which is a shell. */
  member(name: string, shell?: IrNode): void;
  /** What is written into something of the outermost level, or of that shell: along the path, without one anywhere in it. */
  writes(name: string, path: readonly Step[] | undefined, shell?: IrNode): void;
  /** What is written into anything of that name. */
  writesOf(name: string): void;
}
