/** The sandbox's own time: real, or injected, and moved at will. */
export interface SandboxClock {
  now(): Date;
  /** Moves the clock by milliseconds; negative ones move it back. */
  advance(ms: number): void;
  /** Sets the clock; time goes on from there. */
  set(date: Date): void;
}

export function createClock(base: () => Date = () => new Date()): SandboxClock {
  let offset = 0;
  return {
    now: () => new Date(base().getTime() + offset),
    advance: (ms) => {
      offset += ms;
    },
    set: (date) => {
      offset = date.getTime() - base().getTime();
    },
  };
}
