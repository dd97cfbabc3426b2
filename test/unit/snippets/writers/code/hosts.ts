/** A file of somebody's in which a request is inserted at `CURSOR`, by the id of the language. */
export const HOSTS: Readonly<Record<string, { readonly file: string; readonly text: string }>> = {
  javascript: { file: 'server/run.mjs', text: 'export async function run() {\n  CURSOR\n}\n' },
  typescript: { file: 'server/run.ts', text: 'export async function run(): Promise<void> {\n  CURSOR\n}\n' },
  javascriptreact: { file: 'server/run.jsx', text: 'export async function run() {\n  CURSOR\n}\n' },
  typescriptreact: { file: 'server/run.tsx', text: 'export async function run(): Promise<void> {\n  CURSOR\n}\n' },
  python: { file: 'server/run.py', text: 'def run():\n    CURSOR\n' },
  go: { file: 'server/run.go', text: 'package server\n\nfunc Run() {\n\tCURSOR\n}\n' },
  ruby: { file: 'server/run.rb', text: 'def run\n  CURSOR\nend\n' },
  java: { file: 'server/Run.java', text: 'package server;\n\nclass Run {\n  static void run() throws Exception {\n    CURSOR\n  }\n}\n' },
  csharp: { file: 'server/Run.cs', text: 'namespace Server;\n\npublic static class Runner\n{\n    public static async Task Run()\n    {\n        CURSOR\n    }\n}\n' },
  php: { file: 'server/Run.php', text: '<?php\n\nnamespace App;\n\nfunction run(): void\n{\n    CURSOR\n}\n' },
};
