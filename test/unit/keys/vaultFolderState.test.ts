import { spawn, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { FolderState } from '../../../src/keys/folderState.js';

let folder = '';
const opened: FolderState[] = [];

beforeEach(async () => {
  folder = path.join(await mkdtemp(path.join(tmpdir(), 'shared-state-')), 'storage');
});
afterEach(async () => {
  for (const state of opened.splice(0)) state.dispose();
  await rm(path.dirname(folder), { recursive: true, force: true });
});

function open(): FolderState {
  const state = new FolderState(folder);
  opened.push(state);
  return state;
}

function nextChange(state: FolderState, wanted: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const late = setTimeout(() => { reject(new Error(`No news of ${wanted} within 10 s`)); }, 10_000);
    state.onDidChange((name) => {
      if (name !== wanted) return;
      clearTimeout(late);
      resolve();
    });
  });
}

describe('FolderState', () => {
  it('reads back what it wrote, makes its folder, and lists by prefix', async () => {
    const state = open();
    expect(await state.read('a.json')).toBeUndefined();
    expect(await state.list('')).toEqual([]);
    await state.write('a.json', 'ä🔑\n');
    await state.write('rotation-1.json', '1');
    await state.write('rotation-2.json', '2');
    expect(await state.read('a.json')).toBe('ä🔑\n');
    expect([...(await state.list('rotation-'))].sort()).toEqual(['rotation-1.json', 'rotation-2.json']);
    await state.delete('rotation-1.json');
    await state.delete('rotation-1.json');
    expect(await state.list('rotation-')).toEqual(['rotation-2.json']);
  });

  it.runIf(process.platform !== 'win32')('lets nobody else read its files', async () => {
    await open().write('a.json', '1');
    expect((await stat(path.join(folder, 'a.json'))).mode & 0o077).toBe(0);
  });

  it.each(['', '.', '..', '../x', 'a/b', 'a\\b', '.hidden', 'a\0', 'ä', 'x'.repeat(200)])('refuses the name %j', async (name) => {
    const state = open();
    await expect(state.write(name, 'x')).rejects.toThrow('Not a name');
    await expect(state.read(name)).rejects.toThrow('Not a name');
    await expect(state.delete(name)).rejects.toThrow('Not a name');
  });

  it('shows a reader in another process the old or the new text, never half of it and never nothing', async () => {
    const state = open();
    const size = 200_000;
    await state.write('a.json', 'a'.repeat(size));
    const reader = spawn(process.execPath, ['-e', `
      const { readFileSync } = require('node:fs');
      const seen = new Set();
      const end = Date.now() + 1500;
      while (Date.now() < end) {
        try { const text = readFileSync(process.argv[1], 'utf8'); seen.add(text.length === ${size} && new Set(text).size === 1 ? text[0] : 'torn'); }
        catch (error) { seen.add(error.code); }
      }
      process.stdout.write(JSON.stringify([...seen].sort()));
    `, path.join(folder, 'a.json')], { stdio: ['ignore', 'pipe', 'inherit'] });
    let output = '';
    reader.stdout.setEncoding('utf8').on('data', (chunk: string) => { output += chunk; });
    let running = true;
    const ended = new Promise((resolve) => reader.once('close', resolve)).then(() => { running = false; });
    for (let turn = 0; running as boolean; turn += 1) await state.write('a.json', (turn % 2 === 0 ? 'b' : 'c').repeat(size));
    await ended;
    expect(JSON.parse(output)).toEqual(['a', 'b', 'c'].filter((letter) => output.includes(letter)));
    expect(output).toMatch(/b.*c/);
  });

  it('tells of a write and a removal by another instance', async () => {
    const [mine, theirs] = [open(), open()];
    await theirs.read('a.json');
    await theirs.list('');
    const written = nextChange(theirs, 'a.json');
    await mine.write('a.json', '1');
    await written;
    const same = nextChange(theirs, 'a.json');
    await mine.write('a.json', '1');
    await same;
    const removed = nextChange(theirs, 'a.json');
    await mine.delete('a.json');
    await removed;
  });

  it('tells of a change by another process', async () => {
    const state = open();
    await state.list('');
    const told = nextChange(state, 'a.json');
    spawnSync(process.execPath, ['-e', 'const fs = require("node:fs"); fs.writeFileSync(process.argv[1] + "/.x", "1"); fs.renameSync(process.argv[1] + "/.x", process.argv[1] + "/a.json");', folder]);
    await told;
    expect(await state.read('a.json')).toBe('1');
  });

  it('tells of its own writes', async () => {
    const state = open();
    await state.list('');
    const told = nextChange(state, 'a.json');
    await state.write('a.json', '1');
    await told;
  });

  it('goes on when another window has removed the folder', async () => {
    const state = open();
    await state.write('a.json', '1');
    const gone = nextChange(state, 'a.json');
    await rm(folder, { recursive: true });
    await gone;
    expect(await state.list('')).toEqual([]);
    await state.write('a.json', '2');
    expect(await state.read('a.json')).toBe('2');
    const back = nextChange(state, 'b.json');
    await writeFile(path.join(folder, 'b.json'), '3');
    await back;
  });

  it('clears away what a crashed window left, and only that', async () => {
    await open().list('');
    const [old, fresh] = [path.join(folder, '.tmp-old'), path.join(folder, '.tmp-fresh')];
    await writeFile(old, 'x');
    await writeFile(fresh, 'x');
    await utimes(old, new Date(0), new Date(0));
    await open().list('');
    expect([existsSync(old), existsSync(fresh)]).toEqual([false, true]);
  });

  it('leaves no temporary file when a write fails', async () => {
    const state = open();
    await state.list('');
    await mkdir(path.join(folder, 'taken'));
    await expect(state.write('taken', 'x')).rejects.toThrow();
    expect(await readdir(folder)).toEqual(['taken']);
  });
});
