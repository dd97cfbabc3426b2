/** Whether direnv runs the file in a shell: a line that is right in an env file may break it. */
export function isEnvScript(path: string): boolean {
  return /(?:^|[\\/])\.envrc[^\\/]*$/i.test(path);
}
