import { vi } from 'vitest';
import { Emitter } from '../../../src/event.js';

/**
 * As much of VS Code as the tests in this folder need, for what a real one cannot be made to do on demand. What VS Code itself
 * makes of it is tested in test/host and test/ui.
 */
class TreeItem {
  readonly label: string;
  readonly collapsibleState: number;

  constructor(label: string, collapsibleState = 0) {
    this.label = label;
    this.collapsibleState = collapsibleState;
  }
}

class MarkdownString {
  value: string;
  constructor(value = '') {
    this.value = value;
  }
  appendMarkdown(text: string): this {
    this.value += text;
    return this;
  }
  appendText(text: string): this {
    this.value += text.replace(/[\\`*_{}[\]()#+\-!~]/g, '\\$&');
    return this;
  }
}

class Plain {
  static readonly Folder = new Plain('folder');
  readonly id: string;

  constructor(id: string) {
    this.id = id;
  }
}

/** VS Code's own emitter: our event, under its name. */
class EventEmitter<T> extends Emitter<T> {}

export const windowState = new Emitter<{ focused: boolean }>();

export const fake = {
  l10n: { t: (text: string, ...args: unknown[]) => text.replace(/\{(\d+)\}/g, (_all, index: string) => String(args[Number(index)])) },
  TreeItem, MarkdownString, EventEmitter, ThemeIcon: Plain, ThemeColor: Plain,
  QuickPickItemKind: { Separator: -1, Default: 0 },
  commands: { executeCommand: vi.fn<(...args: unknown[]) => Promise<unknown>>(() => Promise.resolve(undefined)) },
  TreeItemCollapsibleState: { None: 0, Collapsed: 1, Expanded: 2 },
  ProgressLocation: { Notification: 15 },
  Disposable: { from: (...parts: { dispose(): unknown }[]) => ({ dispose: () => { for (const part of parts) part.dispose(); } }) },
  env: { clipboard: { readText: vi.fn<() => Promise<string>>(), writeText: vi.fn<(text: string) => Promise<void>>() } },
  workspace: { asRelativePath: (uri: { readonly path: string }) => uri.path.replace(/^\//, '') },
  window: {
    onDidChangeWindowState: windowState.event,
    showWarningMessage: vi.fn<(...args: unknown[]) => Promise<unknown>>(),
    showInformationMessage: vi.fn<(...args: unknown[]) => Promise<unknown>>(),
    showQuickPick: vi.fn<(items: readonly { readonly label: string }[], options?: unknown) => Promise<unknown>>(),
    showInputBox: vi.fn<(options: { validateInput(text: string): string | undefined }) => Promise<string | undefined>>(),
    withProgress: (_options: unknown, work: (progress: { report(): void }, token: unknown) => Promise<unknown>) =>
      work({ report: () => undefined }, { onCancellationRequested: () => ({ dispose: () => undefined }) }),
  },
};
