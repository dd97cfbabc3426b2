/**
 * Milliseconds of CPU this process has used. What must not take for ever is held against this and never against the clock:
 * a machine that does something else meanwhile is no reason for a red test. How fast something is, `npm run bench` says.
 */
export function cpuNow(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}
