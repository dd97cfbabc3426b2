/** The largest answer that is read, in bytes: a page of keys is a few kilobytes. */
export const MAX_BODY_BYTES = 8 * 1024 * 1024;

/** The answer is larger than anything Stigg would send. */
export class BodyTooLargeError extends Error {
  override readonly name = 'BodyTooLargeError';
}

/** Reads a response as UTF-8, at most `max` bytes of it; what is larger is cut off at the source and refused. */
export async function readBody(response: Response, max: number = MAX_BODY_BYTES): Promise<string> {
  if (response.body === null) return '';
  const reader = (response.body as ReadableStream<Uint8Array>).getReader();
  const decoder = new TextDecoder();
  let bytes = 0;
  let text = '';
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return text + decoder.decode();
      bytes += value.byteLength;
      if (bytes > max) throw new BodyTooLargeError();
      text += decoder.decode(value, { stream: true });
    }
  } finally {
    // Frees the connection when reading stopped early; has no effect after the end.
    reader.cancel().catch(() => undefined);
  }
}
