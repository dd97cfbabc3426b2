// @ts-check
import eslint from '@eslint/js';
import tseslint from 'typescript-eslint';

/**
 * The import rules between the rooms of src/; test/unit/imports.test.ts holds the same table.
 * @param {string[]} files
 * @param {{ regex: string, message: string }[]} forbidden
 * @returns {import('eslint').Linter.Config}
 */
const room = (files, forbidden) => ({
  files,
  rules: {
    '@typescript-eslint/no-restricted-imports': ['error', { patterns: forbidden }],
  },
});
const vscode = { regex: '^vscode$', message: 'Only src/editor and src/extension.ts may import vscode.' };
/** @param {string[]} names */
const folders = (...names) => ({
  regex: `^(\\.\\./)+(${names.join('|')})(/|$)`,
  message: `This room must not import ${names.join(', ')}.`,
});
const node = { regex: '^node:|^(fs|net|http|https|child_process)(/|$)', message: 'This room is pure: no Node built-ins.' };

export default tseslint.config(
  { ignores: ['dist/', 'dist-test/', '.vscode-test/', 'node_modules/', 'test/fixtures/', 'test/sample-workspace/'] },
  eslint.configs.recommended,
  tseslint.configs.strictTypeChecked,
  tseslint.configs.stylisticTypeChecked,
  {
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    rules: {
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_', caughtErrorsIgnorePattern: '^_' }],
      eqeqeq: 'error',
      'no-console': 'error',
    },
  },
  room(['src/scan/**/*.ts'], [vscode, node, folders('keys', 'snippets', 'diagnose', 'project', 'report', 'git', 'node', 'webview', 'editor')]),
  room(['src/keys/**/*.ts'], [vscode, folders('scan', 'snippets', 'diagnose', 'project', 'report', 'git', 'node', 'webview', 'editor')]),
  room(['src/snippets/**/*.ts'], [vscode, node, folders('scan', 'keys', 'diagnose', 'project', 'report', 'git', 'node', 'webview', 'editor')]),
  room(['src/diagnose/**/*.ts'], [vscode, node, folders('scan', 'project', 'report', 'git', 'node', 'webview', 'editor')]),
  room(['src/project/**/*.ts', 'src/report/**/*.ts'], [vscode, folders('keys', 'snippets', 'diagnose', 'git', 'node', 'webview', 'editor')]),
  room(['src/git/**/*.ts'], [vscode, folders('scan', 'keys', 'snippets', 'diagnose', 'project', 'report', 'node', 'webview', 'editor')]),
  room(['src/node/**/*.ts'], [vscode, folders('editor', 'webview')]),
  room(['src/webview/**/*.ts'], [vscode, node, folders('scan', 'keys', 'snippets', 'diagnose', 'project', 'report', 'git', 'node', 'editor')]),
  room(['src/cli.ts', 'src/cli/**/*.ts'], [vscode, { regex: '^(\\./|(\\.\\./)+)editor(/|$)', message: 'The command line never imports the editor.' }]),
  room(['src/editor/**/*.ts'], [{ regex: '(^|/)cli(\\.js)?$', message: 'The editor never imports the command line.' }]),
  {
    // Programs that talk to a terminal, and plain-JS tools without type information of their own.
    files: ['test/**', '*.mjs'],
    rules: { 'no-console': 'off' },
  },
  {
    files: ['**/*.mjs', '**/*.js'],
    ...tseslint.configs.disableTypeChecked,
    languageOptions: { parserOptions: { program: null, project: false, projectService: false }, globals: { process: 'readonly', console: 'readonly', URL: 'readonly', setTimeout: 'readonly', clearTimeout: 'readonly', fetch: 'readonly', Buffer: 'readonly', AbortSignal: 'readonly', AbortController: 'readonly', setInterval: 'readonly', clearInterval: 'readonly', performance: 'readonly', document: 'readonly', window: 'readonly', getComputedStyle: 'readonly' } },
  },
);
