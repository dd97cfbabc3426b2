import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { FindingsStore } from '../../../../src/editor/findings/store.js';
import type { Scanner, ScanListener } from '../../../../src/editor/workspaceScan/scanner.js';
import { WorkspaceScan } from '../../../../src/editor/workspaceScan/workspaceScan.js';
import { CancelledError, ExpectedError } from '../../../../src/errors.js';
import { Emitter, type Event } from '../../../../src/event.js';
import type { ReportedFinding } from '../../../../src/report/report.js';

interface FakeUri {
  readonly scheme: string;
  readonly path: string;
  toString(): string;
}
const world = vi.hoisted(() => ({
  folders: [] as { uri: FakeUri }[],
  onFolders: undefined as Event<unknown> | undefined,
}));

vi.mock('vscode', () => {
  const uri = (path: string): FakeUri => ({ scheme: 'file', path, toString: () => `file://${path}` });
  const nothing = (): { dispose(): void } => ({ dispose: () => undefined });
  return {
    l10n: { t: (text: string) => text },
    Uri: { file: uri, parse: (text: string) => uri(text.replace('file://', '')) },
    RelativePattern: vi.fn(),
    workspace: {
      get workspaceFolders() { return world.folders; },
      get onDidChangeWorkspaceFolders() { return world.onFolders; },
      onDidChangeConfiguration: nothing,
      getConfiguration: () => ({ get: (_key: string, otherwise?: unknown) => otherwise }),
      getWorkspaceFolder: ({ path }: FakeUri) => world.folders.filter(({ uri: { path: root } }) => path === root || path.startsWith(`${root}/`)).sort((a, b) => b.uri.path.length - a.uri.path.length)[0],
      createFileSystemWatcher: () => ({ onDidCreate: nothing, onDidChange: nothing, onDidDelete: nothing, dispose: () => undefined }),
    },
  };
});

const { Uri } = await import('vscode');
const folder = (path: string): { uri: FakeUri } => ({ uri: Uri.file(path) });
const finding: ReportedFinding = { rule: 'r', severity: 'warning', path: 'p', line: 1, column: 1, endLine: 1, endColumn: 2, message: 'm' };

/** Each folder has one file with a finding; a scan waits where a test wants it to. */
class FakeScanner implements Scanner {
  readonly scanned: string[] = [];
  readonly gates = new Map<string, Promise<unknown>>();
  readonly failing = new Map<string, Error>();
  readonly late: (() => void)[] = [];

  takes(): boolean {
    return true;
  }

  async scanFolder(uri: FakeUri, _personal: unknown, listener: ScanListener, signal: AbortSignal): Promise<number> {
    this.scanned.push(uri.path);
    const judged = (): void => { listener.judged(Uri.file(`${uri.path}/app.ts`), [finding]); };
    judged();
    this.late.push(judged);
    await Promise.race([this.gates.get(uri.path), new Promise((_resolve, reject) => { signal.addEventListener('abort', () => { reject(new CancelledError()); }); if (!this.gates.has(uri.path)) reject(new Error('open')); })]).catch((error: unknown) => { if (error instanceof CancelledError) throw error; });
    const failure = this.failing.get(uri.path);
    if (failure !== undefined) throw failure;
    return 1;
  }

  scanFiles(): Promise<void> {
    return Promise.resolve();
  }

  dispose(): void {
    // Nothing is held.
  }
}

describe('a workspace of several folders', () => {
  let folders: Emitter<{ added: readonly unknown[]; removed: readonly unknown[] }>;
  let store: FindingsStore;
  let scanner: FakeScanner;
  let scan: WorkspaceScan;
  const found = (): string[] => [...store.files()].map(([uri]) => uri.replace('file://', '')).sort();
  const change = (now: readonly string[]): void => {
    const before = world.folders;
    world.folders = now.map(folder);
    folders.fire({
      added: world.folders.filter(({ uri }) => !before.some((one) => one.uri.path === uri.path)),
      removed: before.filter(({ uri }) => !world.folders.some((one) => one.uri.path === uri.path)),
    });
  };

  beforeEach(() => {
    vi.useFakeTimers();
    folders = new Emitter();
    world.onFolders = folders.event;
    world.folders = ['/a', '/b'].map(folder);
    store = new FindingsStore();
    scanner = new FakeScanner();
    scan = new WorkspaceScan({ store, scanners: [scanner], knownKeys: { all: () => new Map(), environmentNames: () => [], onDidChange: () => ({ dispose: () => undefined }) }, logError: () => undefined });
  });
  afterEach(() => {
    scan.dispose();
    vi.useRealTimers();
  });

  it('all folders are scanned', async () => {
    await scan.scan();
    expect(found()).toEqual(['/a/app.ts', '/b/app.ts']);
    expect(scan.state).toMatchObject({ kind: 'done', files: 2 });
  });

  it('a folder that is taken out while it is scanned is forgotten, and the others are scanned', async () => {
    scanner.gates.set('/a', new Promise(() => undefined));
    const work = scan.scan();
    await vi.advanceTimersByTimeAsync(10);
    expect(found()).toEqual(['/a/app.ts']);
    change(['/b']);
    await work;
    // Words of a scan that was ended.
    for (const late of scanner.late.slice(0, 1)) late();
    expect(found()).toEqual(['/b/app.ts']);
    expect(scan.state.kind).toBe('done');
  });

  it('a folder that is added while others are scanned is scanned afterwards', async () => {
    let open: (value?: unknown) => void = () => undefined;
    scanner.gates.set('/b', new Promise((resolve) => { open = resolve; }));
    const work = scan.scan();
    await vi.advanceTimersByTimeAsync(10);
    change(['/a', '/b', '/c']);
    await vi.advanceTimersByTimeAsync(3_000);
    expect(scanner.scanned).toEqual(['/a', '/b']);
    open();
    await work;
    await vi.advanceTimersByTimeAsync(3_000);
    expect(found()).toEqual(['/a/app.ts', '/b/app.ts', '/c/app.ts']);
  });

  it('a folder that is removed afterwards takes its findings along, one that is added brings them', async () => {
    await scan.scan();
    change(['/b', '/c']);
    expect(found()).toEqual(['/b/app.ts']);
    await vi.advanceTimersByTimeAsync(3_000);
    expect(found()).toEqual(['/b/app.ts', '/c/app.ts']);
  });

  it('what lies in a folder that is removed belongs to the one around it', async () => {
    change(['/a', '/a/inner']);
    await scan.scan();
    scanner.scanned.length = 0;
    change(['/a']);
    expect(found()).toEqual(['/a/app.ts']);
    await vi.advanceTimersByTimeAsync(3_000);
    expect(scanner.scanned).toEqual(['/a']);
  });

  it('a folder around others that is removed leaves them their findings', async () => {
    change(['/a', '/a/inner']);
    await scan.scan();
    change(['/a/inner']);
    expect(found()).toEqual(['/a/inner/app.ts']);
  });

  it('one folder that cannot be scanned does not keep the others from it', async () => {
    scanner.failing.set('/a', new ExpectedError('broken', 'Broken.', 'Mend it.'));
    await expect(scan.scan()).rejects.toThrow('Broken.');
    expect(scanner.scanned).toEqual(['/a', '/b']);
    expect(scan.state).toEqual({ kind: 'failed', message: 'Broken. Mend it.' });
    scanner.failing.clear();
    await scan.scan();
    expect(scan.state.kind).toBe('done');
  });
});
