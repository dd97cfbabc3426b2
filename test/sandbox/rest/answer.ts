export interface RestAnswer {
  readonly status: number;
  readonly body: unknown;
}

/** The documented body of an error. */
export function restError(status: number, code: string, message: string): RestAnswer {
  return { status, body: { error: { code, message } } };
}
