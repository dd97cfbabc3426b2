import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { releaseProblems, sectionOf } from '../../tools/packaging/release.mjs';

const CHANGELOG = '# Changelog\n\n## [Unreleased]\n\n## [1.2.3] - 2026-11-23\n\n### Added\n\n- A thing.\n\n## [1.2.2] - 2026-01-01\n\n- Older.\n\n[1.2.3]: https://example.com\n';
const good = {
  tag: 'v1.2.3', manifest: { version: '1.2.3', repository: { url: 'https://github.com/someone/thing.git' } }, lock: { version: '1.2.3', packages: { '': { version: '1.2.3' } } }, changelog: CHANGELOG, repository: 'someone/thing',
};

describe('releaseProblems', () => {
  it('has nothing to say when tag, version, lock and changelog agree', () => {
    expect(releaseProblems(good)).toEqual([]);
    expect(releaseProblems({ ...good, repository: undefined })).toEqual([]);
  });

  it.each([
    ['another tag', { tag: 'v1.2.4' }, /tag is v1\.2\.4, but package\.json says 1\.2\.3/],
    ['a tag the marketplace does not take', { tag: 'v1.2.3-beta' }, /not of the form/],
    ['a lock that was left behind', { lock: { version: '1.2.2', packages: { '': { version: '1.2.2' } } } }, /package-lock\.json does not say 1\.2\.3/],
    ['a changelog without the version', { changelog: CHANGELOG.replace('## [1.2.3]', '## [1.3.0]') }, /newest version in CHANGELOG\.md is 1\.3\.0/],
    ['a changelog without any version', { changelog: '# Changelog\n' }, /newest version in CHANGELOG\.md is missing/],
    ['a version without its date', { changelog: CHANGELOG.replace('2026-11-23', 'soon') }, /no date/],
    ['changes that belong to no version', { changelog: CHANGELOG.replace('[Unreleased]\n', '[Unreleased]\n\n- New.\n') }, /still has changes under Unreleased/],
    ['another repository, which npm would refuse', { repository: 'fork/thing' }, /this is fork\/thing/],
  ])('stops %s', (_what, changed, message) => {
    expect(releaseProblems({ ...good, ...changed })).toEqual([expect.stringMatching(message)]);
  });
});

it.each([['1.2.3', '### Added\n\n- A thing.'], ['1.2.2', '- Older.'], ['Unreleased', ''], ['1.2', undefined]])('finds what the changelog says of %s', (version, expected) => {
  expect(sectionOf(CHANGELOG, version)).toBe(expected);
});

const folder = path.resolve('.github/workflows');
describe.each(readdirSync(folder))('the workflow %s', (name) => {
  const text = readFileSync(path.join(folder, name), 'utf8');
  const lines = text.split('\n');
  /** Each job with its lines. */
  const jobs = text.slice(text.indexOf('\njobs:\n')).split(/^(?= {2}[\w-]+:$)/m).slice(1);

  it('runs other people\'s actions by commit, and says which version that is', () => {
    const uses = lines.filter((line) => /\buses:/.test(line));
    expect(uses.length).toBeGreaterThan(0);
    expect(uses.filter((line) => !/uses: [\w-]+\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/.test(line))).toEqual([]);
  });

  it('may read and nothing else, but for the jobs that say more', () => {
    expect(text).toMatch(/^permissions:(?: \{\}|\n {2}contents: read)\n\n/m);
    for (const job of jobs) if (job.includes(': write')) expect(job).toContain('\n    environment: release\n');
  });

  it('leaves no token in a checkout, and puts nothing from outside into a script', () => {
    expect(text.match(/actions\/checkout@/g)?.length).toBe(text.match(/persist-credentials: false/g)?.length);
    expect(lines.filter((line) => /\brun:.*\$\{\{(?! *matrix\.)/.test(line))).toEqual([]);
  });

  it('knows secrets only in the last step of a job that a person must allow', () => {
    for (const job of jobs) {
      const steps = job.split(/^(?= {6}- )/m);
      for (const [index, step] of steps.entries()) {
        if (!step.includes('secrets.')) continue;
        expect(index).toBe(steps.length - 1);
        expect(job).toContain('\n    environment: release\n');
        expect(job).toContain("if: github.event_name == 'push' && github.ref_type == 'tag'");
      }
    }
  });
});

it('nothing is published that was not tested, built twice and found the same', () => {
  const text = readFileSync(path.join(folder, 'release.yml'), 'utf8');
  const publishing = text.split(/^(?= {2}[\w-]+:$)/m).filter((job) => job.includes('environment: release'));
  expect(publishing.length).toBe(4);
  for (const job of publishing) {
    expect(job).toContain('\n    needs: again\n');
    expect(job).toContain('sha256sum --check SHA256SUMS');
    expect(job).not.toMatch(/npm run (build|package)|esbuild/);
  }
});
