/** A file of one language with a mistake about money and, where requests are made by hand, one about the request; and what the editor makes of each. */
export interface MoneyFile {
  readonly language: string;
  /** Below a folder of its own. */
  readonly path: string;
  /** The language id of this VS Code, without other extensions; `plaintext` where our own look at the path must find the language. */
  readonly shownAs: string;
  readonly text: string;
  /** By position. */
  readonly problems: readonly Problem[];
}

export interface Problem {
  readonly rule: string;
  /** The text of the diagnostic's range. */
  readonly at: string;
  /** What the message says of this value or request. */
  readonly message: readonly RegExp[];
  /** What the hover says of another place that has to do with it. */
  readonly evidence?: RegExp;
  readonly fix: {
    readonly title: string;
    /** Stretches that occur once in the text, and what stands there afterwards. */
    readonly replace: readonly (readonly [from: string, to: string])[];
  };
}
