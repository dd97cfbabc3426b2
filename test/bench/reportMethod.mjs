// @ts-check
/** How it was measured; stands at the end of BENCHMARKS.md. */
export const METHOD = `## Method

\`npm run bench\` measures all of this in one go; \`npm run bench -- --tree <folder>\` takes a real repository as well, \`--quick\` takes less than a minute, \`--only scan\` (\`keystrokes\`, \`activation\`, \`typing\`, \`sidebar\`, \`sizes\`) one part.

- **What runs.** Our own is the release build of the sources as they are, started as people start it: \`node dist/cli.js scan .\`. The other programs come from npm or Debian at the versions above, into a folder of the bench's own. Each gets the same search, for a full server key of Stigg, and obeys .gitignore; ripgrep is told of the same hidden files and the same folders to leave out. ast-grep gets it for the string literals of eight languages, git-secrets looks at the files in git's index, and secretlint runs once with this pattern alone and once with its recommended preset as well. What \`stigg-keys\` does beyond the search (rules, git's index, settings, the report) is in its time.
- **The trees.** The made-up repository comes from \`test/bench/tree.mjs\`: seeded, so that it is the same everywhere; sources in several languages, documents, lock files, bundles, source maps, snapshots and binary files, an ignored node_modules, a few dozen files with calls to Stigg, and eight keys that are put together when it is made. It is committed to a git repository. All files are in the page cache: the first round is thrown away.
- **Rounds.** The programs take turns (A B C A B C ...), and the figures are medians of five rounds (21 for the small trees; three for a program that needs more than 45 s). A ratio is the median of the ratios within the rounds, because the two of a round met the same machine.
- **Time.** Wall time is that of the whole process, from before its start to its end, with its output read. CPU time is user and system time of the process and of all it has waited for, ripgrep included.
- **Memory** comes from runs of its own, because looking costs time: every few milliseconds the high-water marks (VmHWM) of the process and of all below it are added up, and the highest sum counts. That is rather too much: peaks of two processes may lie apart, and pages that they share count twice.
- **Whoever does not find has failed.** Each run's output must name exactly the files with keys in them (ast-grep: those in its languages), otherwise the program is shown as failed and not as fast. In the small tree without Stigg there is nothing to find: there a key is put in and found once before it is measured.
- **The editor.** Activation is measured in a real VS Code from the npm registry, in a window of its own. Keystrokes are CPU time of the engine as it is shipped, after 20 rounds for warming up.
`;
