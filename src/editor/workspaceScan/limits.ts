/** Of one file the Problems view shows so many: more help nobody, and VS Code draws them all. */
export const MOST_PER_FILE = 200;
/** It shows what is there; the tree has the rest. */
export const MOST_IN_ALL = 5_000;
