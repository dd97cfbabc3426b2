/**
 * An error that a person is told: what happened, and what to do next.
 * Anything else that is thrown is a defect and is reported as one.
 */
export class ExpectedError extends Error {
  override readonly name = 'ExpectedError';
  /** One sentence, imperative: the next step that helps. */
  readonly nextStep: string;
  /** Stable, for tests and for choosing an action button; never shown. */
  readonly code: string;

  constructor(code: string, message: string, nextStep: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
    this.nextStep = nextStep;
  }

  /** Both sentences, as a notification shows them. */
  get full(): string {
    return `${this.message} ${this.nextStep}`;
  }
}

/** Thrown by whatever was given an AbortSignal that fired; never shown to a person. */
export class CancelledError extends Error {
  override readonly name = 'CancelledError';
  constructor() {
    super('Cancelled');
  }
}

/** True for our own cancellation and for the platform's AbortError. */
export function isCancelled(error: unknown): boolean {
  return error instanceof Error && (error.name === 'CancelledError' || error.name === 'AbortError' || error.name === 'Canceled');
}
