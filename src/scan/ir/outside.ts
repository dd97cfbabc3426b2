import type { Step } from './access.js';

/** Is told what questions about some statements of a program ask of the others. */
export interface Outside {
  /** What a name stands for at the outermost level. */
  name(name: string): void;
  /** What gives a member its value where no class is around. */
  member(name: string): void;
  /** What is written into something of the outermost level: along the path, without one anywhere in it. */
  writes(name: string, path: readonly Step[] | undefined): void;
  /** What is written into anything of that name. */
  writesOf(name: string): void;
}
