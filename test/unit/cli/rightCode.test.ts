import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { handWritten, materialise, write } from '../../eval/corpus.mjs';
import { jsonOf, runIn, TemporaryFolder, type Json } from './scanSupport.js';

const projects = handWritten('money');
const quiet = projects.filter(({ name }) => name.startsWith('money-quiet-'));
/** Shops, ledgers, payrolls and invoices; Stripe, Paddle, Lemon Squeezy, Recurly, Orb and the like. */
const commerce = quiet.flatMap(({ files }) => files.filter((file) => /\.(?:[jt]sx?|mjs|py|go|rb|java|kt|cs|php|rs|sh|http|ya?ml|json|graphql|vue)$/.test(file.path) && !file.path.endsWith('package.json')))
  .map((file) => ({ ...file, text: materialise(file).text }));
/** What calls Stigg as well has to be told apart; what only names it is no longer passed over unread. */
const withoutCalls = commerce.filter(({ text }) => !/@stigg\/|api\.stigg|import stigg|stigg-go/i.test(text));
const named = withoutCalls.filter(({ text }) => /stigg/i.test(text));

describe('code in which everything is right', () => {
  let folder: TemporaryFolder;
  let json: Json;

  beforeAll(async () => {
    folder = new TemporaryFolder();
    for (const project of projects) {
      write(project, path.join(folder.path, project.name));
      mkdirSync(path.join(folder.path, project.name, '.git'));
    }
    json = jsonOf(await runIn(folder.path, ['scan', '--format', 'json', '--fail-on', 'never']));
  }, 120_000);
  afterAll(() => {
    folder[Symbol.dispose]();
  });

  test('is enough to say something: commerce without Stigg, and Stigg in every language', () => {
    expect(withoutCalls.length - named.length).toBeGreaterThanOrEqual(60);
    expect(named.length).toBeGreaterThanOrEqual(25);
    expect(new Set(commerce.map(({ path: file }) => path.extname(file))).size).toBeGreaterThanOrEqual(9);
    expect(json.summary.files).toBeGreaterThan(200);
  });

  test.each(projects.map(({ name }) => name))('%s: nothing is found', (name) => {
    expect(json.findings.filter((finding) => finding.path.startsWith(`${name}/`)).map((finding) => `${finding.path}:${String(finding.line)} ${finding.rule}`)).toEqual([]);
  });
});
