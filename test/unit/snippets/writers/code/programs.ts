import { execFile, execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';

/** How whole files of one writer are run, all of them by one process: starting a compiler for each would take minutes. */
interface Program {
  readonly command: string;
  /** Fails where the language cannot be used. */
  readonly probe: readonly string[];
  /** What a person has to install. */
  readonly needs: string;
  /** Writes the files into the folder; returns the arguments that run them in their order. */
  readonly prepare: (folder: string, files: readonly string[]) => readonly string[];
}

const each = (folder: string, files: readonly string[], nameOf: (index: number) => string, textOf: (text: string, index: number) => string = (text) => text): void => {
  files.forEach((text, index) => {
    writeFileSync(path.join(folder, nameOf(index)), textOf(text, index));
  });
};
const driver = (folder: string, name: string, files: readonly string[], line: (index: number) => string, before = '', after = ''): string => {
  const file = path.join(folder, name);
  writeFileSync(file, `${before}${files.map((_text, index) => `${line(index)}\n`).join('')}${after}`);
  return file;
};
/** Debian's packages are those of its own Python, whatever other one comes first. */
const python = existsSync('/usr/lib/python3/dist-packages/requests') ? '/usr/bin/python3' : 'python3';

export const PROGRAMS: Readonly<Record<string, Program>> = {
  fetch: {
    command: process.execPath, probe: ['--version'], needs: 'Node.js',
    prepare: (folder, files) => {
      each(folder, files, (index) => `r${index}.mjs`);
      return [driver(folder, 'all.mjs', files, (index) => `await import('./r${index}.mjs');`)];
    },
  },
  python: {
    command: python, probe: ['-c', 'import requests'], needs: 'Python with requests (Debian: python3-requests)',
    prepare: (folder, files) => {
      each(folder, files, (index) => `r${index}.py`);
      return [driver(folder, 'all_.py', files, (index) => `runpy.run_path("${folder}/r${index}.py")`, 'import runpy\n')];
    },
  },
  ruby: {
    command: 'ruby', probe: ['-e', 'require "net/http"; require "json"'], needs: 'Ruby',
    prepare: (folder, files) => {
      each(folder, files, (index) => `r${index}.rb`);
      return [driver(folder, 'all.rb', files, (index) => `load "${folder}/r${index}.rb"`)];
    },
  },
  php: {
    command: 'php', probe: ['-r', "exit(function_exists('curl_init') ? 0 : 1);"], needs: 'PHP with curl (Debian: php-cli php-curl)',
    prepare: (folder, files) => {
      each(folder, files, (index) => `r${index}.php`);
      return [driver(folder, 'all.php', files, (index) => `(function () { include '${folder}/r${index}.php'; })();`, '<?php\n')];
    },
  },
  go: {
    command: 'go', probe: ['version'], needs: 'Go (Debian: golang-go)',
    prepare: (folder, files) => {
      each(folder, files, (index) => `r${index}.go`, (text, index) => text.replace('func main() {', `func r${index}() {`));
      driver(folder, 'all.go', files, (index) => `\tr${index}()`, 'package main\n\nfunc main() {\n', '}\n');
      writeFileSync(path.join(folder, 'go.mod'), 'module requests\n\ngo 1.19\n');
      return ['run', '.'];
    },
  },
  java: {
    command: 'java', probe: ['--version'], needs: 'a JDK of version 15 or newer (Debian: default-jdk-headless)',
    // One source file is compiled in memory and run: the imports of all, and each program a class of its own.
    prepare: (folder, files) => {
      const imports = new Set(files.flatMap((text) => text.split('\n').filter((line) => line.startsWith('import '))));
      const classes = files.map((text, index) => text.slice(text.indexOf('public class Main')).replace('public class Main', `class R${index}`));
      const calls = files.map((_text, index) => `    R${index}.main(args);\n`).join('');
      writeFileSync(path.join(folder, 'All.java'), `${[...imports].join('\n')}\n\npublic class All {\n  public static void main(String[] args) throws Exception {\n${calls}  }\n}\n\n${classes.join('\n')}`);
      // Compiled and run once: what the optimising compilers would win is lost before.
      return ['-XX:TieredStopAtLevel=1', '-XX:+UseSerialGC', '-Xshare:auto', path.join(folder, 'All.java')];
    },
  },
};

/** What starts on this machine: asked once. */
const HERE: ReadonlySet<string> = new Set(Object.entries(PROGRAMS).filter(([, { command, probe }]) => {
  try {
    execFileSync(command, probe, { stdio: 'ignore', timeout: 20_000 });
    return true;
  } catch {
    return false;
  }
}).map(([id]) => id));

/** Whether the language can be run on this machine. */
export function isHere(id: string): boolean {
  return HERE.has(id);
}

/** For the name of a test that was left out. */
export function absent(id: string): string {
  return isHere(id) ? '' : ` (skipped: this machine has no ${PROGRAMS[id]?.needs ?? id})`;
}

export interface Outcome {
  readonly status: number;
  readonly output: string;
}

/** Runs whole files one after the other in one process, with the key in the environment. */
export async function runAll(id: string, folder: string, files: readonly string[], env: Readonly<Record<string, string>>): Promise<Outcome> {
  const program = PROGRAMS[id];
  if (program === undefined) throw new Error(`No program for ${id}`);
  mkdirSync(folder, { recursive: true });
  const args = program.prepare(folder, files);
  try {
    const { stdout, stderr } = await promisify(execFile)(program.command, args, {
      cwd: folder,
      // Only what a program needs to start; a locale in which every text can be printed.
      env: { PATH: process.env.PATH, HOME: process.env.HOME, LANG: 'C.UTF-8', LC_ALL: 'C.UTF-8', NO_PROXY: '*', no_proxy: '*', GOFLAGS: '-mod=mod', GOCACHE: process.env.GOCACHE, ...env },
      timeout: 240_000, maxBuffer: 64 * 1024 * 1024,
    });
    return { status: 0, output: stdout + stderr };
  } catch (error) {
    const { code, stdout, stderr } = error as { code?: unknown; stdout?: string; stderr?: string };
    if (typeof code !== 'number') throw error;
    return { status: code, output: `${stdout ?? ''}${stderr ?? ''}` };
  }
}
