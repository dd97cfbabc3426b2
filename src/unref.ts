/** Lets Node end while the timer is still running. In a browser's worker a timer is a number, and holds nothing up. */
export function unref(timer: ReturnType<typeof setTimeout>): void {
  if (typeof timer === 'object') timer.unref();
}
