/**
 * A file's bytes as text, for looking into it: UTF-8, UTF-16 with its mark, otherwise one character for each byte, since tokens are ASCII in all of these.
 * undefined for what is no text.
 */
export function textOf(bytes: Uint8Array): string | undefined {
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
  if (first === 0xfe && second === 0xff) return new TextDecoder('utf-16be').decode(bytes);
  if (bytes.subarray(0, 8_192).includes(0)) return undefined;
  return isUtf8(bytes) ?? new TextDecoder('latin1').decode(bytes);
}

/** The text of bytes that are UTF-8, with or without a mark. */
export function isUtf8(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}
