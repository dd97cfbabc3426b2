/** Tests by their name, or by the folders that test runners know. */
export const TEST_FILE = /[.-](?:test|spec|cy|e2e)\.[a-z]+$|(?:^|\/)__(?:tests|mocks|fixtures)__\//i;
/** Storybook's stories: they run in a browser, that of whoever writes them. */
export const STORY_FILE = /\.(?:stories|story)\.[a-z]+$/i;

/** Whether no visitor ever gets the file: a test or a story. */
export function isNeverShipped(path: string): boolean {
  return TEST_FILE.test(path) || STORY_FILE.test(path);
}
