import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** A repository of git's own making, in a temporary folder. */
export class Repo {
  readonly folder: string;
  readonly #parent: string;
  #minute = 0;

  constructor(name = 'repo', options: readonly string[] = []) {
    this.#parent = realpathSync(mkdtempSync(path.join(tmpdir(), 'stigg-git-')));
    this.folder = path.join(this.#parent, name);
    mkdirSync(this.folder);
    this.git('init', '-q', '-b', 'main', ...options);
  }

  /** Beside the repository, for clones and work trees. */
  beside(name: string): string {
    return path.join(this.#parent, name);
  }

  git(...args: string[]): string {
    return this.gitWith(undefined, ...args);
  }

  gitWith(input: string | Buffer | undefined, ...args: string[]): string {
    // A minute apart, so that commits have an order.
    const date = `2026-01-01T10:${String(this.#minute).padStart(2, '0')}:00Z`;
    return execFileSync('git', ['-C', this.folder, '-c', 'user.name=Ada "Q" Writer', '-c', 'user.email=ada@example.com', '-c', 'commit.gpgSign=false', '-c', 'protocol.file.allow=always', '-c', 'core.protectNTFS=false', ...args], {
      encoding: 'utf8', input, stdio: ['pipe', 'pipe', 'pipe'],
      env: { ...process.env, GIT_CONFIG_NOSYSTEM: '1', GIT_AUTHOR_DATE: date, GIT_COMMITTER_DATE: date },
    });
  }

  write(name: string, content: string | Buffer): void {
    const file = path.join(this.folder, name);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, content);
  }

  /** Commits files and gives the commit's id. */
  commit(subject: string, files: Readonly<Record<string, string | Buffer>> = {}): string {
    for (const [name, content] of Object.entries(files)) this.write(name, content);
    this.#minute += 1;
    this.git('add', '-A');
    this.git('commit', '-q', '--allow-empty', '-m', subject);
    return this.git('rev-parse', 'HEAD').trim();
  }

  [Symbol.dispose](): void {
    rmSync(this.#parent, { recursive: true, force: true, maxRetries: 3 });
  }
}
