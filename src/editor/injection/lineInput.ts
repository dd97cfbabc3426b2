/** What happens to what is typed. */
export interface LineInputTarget {
  /** Shown as the person types. */
  echo(text: string): void;
  /** A line, with its end. */
  line(line: string): void;
  /** Ctrl+D on an empty line. */
  end(): void;
  /** Ctrl+C. */
  interrupt(): void;
}

/** Longer lines are cut, in characters. */
const LONGEST = 10_000;

/** Gathers what is typed into lines, as a terminal does for programs that read lines: with Backspace, Ctrl+U, Ctrl+C and Ctrl+D. */
export class LineInput {
  readonly #target: LineInputTarget;
  #line: string[] = [];

  constructor(target: LineInputTarget) {
    this.#target = target;
  }

  take(data: string): void {
    // Cursor and function keys mean nothing here.
    const [typed = '', ...afterEscapes] = data.split('\u001b');
    const text = [typed, ...afterEscapes.map((part) => part.replace(/^(?:\[[\d;?]{0,20}[@-~]|O.)/, ''))].join('');
    for (const character of text) this.#key(character);
  }

  #key(character: string): void {
    switch (character) {
      case '\r':
      case '\n':
        this.#target.echo('\r\n');
        this.#target.line(`${this.#line.join('')}\n`);
        this.#line = [];
        return;
      case '\u0003':
        this.#target.echo('^C\r\n');
        this.#line = [];
        this.#target.interrupt();
        return;
      case '\u0004':
        if (this.#line.length === 0) this.#target.end();
        return;
      case '\u007f':
      case '\b':
        if (this.#line.pop() !== undefined) this.#target.echo('\b \b');
        return;
      case '\u0015':
        this.#target.echo('\b \b'.repeat(this.#line.length));
        this.#line = [];
        return;
      default:
        if (/\p{C}/u.test(character) && character !== '\t') return;
        if (this.#line.length >= LONGEST) return;
        this.#line.push(character);
        this.#target.echo(character);
    }
  }
}
