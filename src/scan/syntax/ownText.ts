/** A text of its own: a slice, and what is put together of slices, would keep the whole document in memory. */
export function ownText(slice: string): string {
  return slice.length < 13 ? slice : ` ${slice}`.slice(1);
}
