import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Engine } from '../../../../src/scan/engine.js';
import { languageFor } from '../../../../src/scan/languages/index.js';
import { apply, contextOf, legacyKey, preparedEngine, serverKey } from '../support.js';
import { cpuNow } from '../../../tools/cpu.js';

let engine: Engine;
beforeAll(async () => {
  engine = await preparedEngine();
});
afterAll(() => {
  engine.dispose();
});

const K = serverKey();
const IDS = ['html', 'vue', 'svelte', 'astro', 'markdown', 'mdx', 'ipynb'] as const;
const id = fc.constantFrom(...IDS);
const path = (languageId: string): string => `src/a.${languageId === 'markdown' ? 'md' : languageId}`;

const piece = fc.oneof(
  fc.constantFrom(K, `"${K}"`, `'${K}'`, `\`${K}\``, legacyKey(), '<', '>', '/>', '</', '"', "'", '`', '{', '}', '{{', '}}', '(', ')', '=', '\\', '\n', '\r\n', '\r', ' ', '\t', '  ', '> ', '- ', '1. ', '---\n', '+++\n', '```', '```ts\n', '```python\n', '~~~sh\n', '$ ', '&quot;', '&#39;', '&'),
  fc.constantFrom('<script>', '<script setup lang="ts">', '</script>', '<style>', '<template lang="pug">', '<!--', '-->', '<StiggProvider ', 'apiKey=', ':apiKey="', ' v-bind="{ apiKey: ', '@click="', 'onclick=', '{#if ', '{...', '//', '/*', '*/', '${', 'const a = ', 'stigg-keys-ignore-next-line hardcoded-server-key', 'import.meta.env.A'),
  fc.constantFrom('{"cells": [', '{"cell_type": "code", "source": [', '{"cell_type": "markdown", "source": "', '"a\\n",', '\\u00e9', '\\"', ']}', '%%bash\\n', '!', '"metadata": {"kernelspec": {"language": "'),
  fc.constantFrom('\uFEFF', '\uD800', '😀', '\0', 'é'),
  fc.string({ maxLength: 10 }),
);
const text = fc.array(piece, { maxLength: 50 }).map((pieces) => pieces.join(''));

test('regions are in order, apart from each other and inside of the text; decoded places only grow', () => {
  fc.assert(fc.property(text, id, (written, languageId) => {
    const source = { path: path(languageId), languageId, text: written, syntax: undefined, imports: [] };
    const embedded = languageFor(languageId).embeds(source);
    let last = 0;
    for (const { start, end, decoded, languageId: inner } of languageFor(languageId).regions(source)) {
      expect(embedded).toContain(inner);
      expect(start).toBeGreaterThanOrEqual(last);
      expect(end).toBeGreaterThan(start);
      expect(end).toBeLessThanOrEqual(written.length);
      last = end;
      if (decoded === undefined) continue;
      let place = start;
      for (let at = 0; at <= decoded.text.length; at++) {
        const next = decoded.toOuter(at);
        expect(next).toBeGreaterThanOrEqual(place);
        expect(next).toBeLessThanOrEqual(end);
        place = next;
      }
      for (let at = decoded.text.indexOf(K); at !== -1; at = decoded.text.indexOf(K, at + 1)) {
        // What is added for the reader's sake stands nowhere.
        if (decoded.toOuter(at) < decoded.toOuter(at + 1)) expect(written.startsWith(K.charAt(0), decoded.toOuter(at))).toBe(true);
      }
    }
  }), { numRuns: 1_000 });
});

test('no text makes the engine throw, findings stand in it, and fixes remove them', () => {
  fc.assert(fc.property(text, id, (written, languageId) => {
    const source = { path: path(languageId), languageId, text: written };
    const context = contextOf({ dependencies: ['vite'] });
    for (const { rule, start, end, fixes, mask } of engine.scan(source, context)) {
      expect(start >= 0 && start <= end && end <= written.length).toBe(true);
      for (const { edits } of fixes) {
        for (const edit of edits) expect(edit.start >= 0 && edit.start <= edit.end && edit.end <= written.length && !edit.text.includes(K)).toBe(true);
        if (edits.length === 0 || mask === undefined) continue;
        const fixed = apply(written, edits);
        expect(engine.scan({ ...source, text: fixed }, context).filter((again) => again.rule === rule && again.mask === mask).length)
          .toBeLessThan(engine.scan(source, context).filter((again) => again.rule === rule && again.mask === mask).length);
      }
    }
    for (const init of languageFor(languageId).sdkInits({ ...source, syntax: undefined, imports: [] })) {
      for (const edit of [...init.addArgument('a', 'b') ?? [], ...init.key?.replaceBy('c') ?? []]) expect(edit.start >= 0 && edit.start <= edit.end && edit.end <= written.length).toBe(true);
    }
  }), { numRuns: 500 });
});

test('a document that was edited has the findings of one that was opened as it is', () => {
  const edits = fc.array(fc.tuple(fc.nat(400), fc.nat(20), piece), { minLength: 1, maxLength: 8 });
  fc.assert(fc.property(text, id, edits, (written, languageId, changes) => {
    const context = contextOf({ dependencies: ['vite'] });
    const source = { path: path(languageId), languageId, text: written };
    const open = engine.open(source);
    try {
      let now = written;
      for (const [at, length, insert] of changes) {
        now = now.slice(0, at) + insert + now.slice(at + length);
        open.update(now);
        expect(open.findings(context)).toEqual(engine.scan({ ...source, text: now }, context));
      }
    } finally {
      open.dispose();
    }
  }), { numRuns: 300 });
});

test('large documents stay cheap', () => {
  const parts = ['<a b="', "<a b='", '<a {', '{', '{{', '{"', "'\\", '<script>', '<!--', '<p>', '```    ', 'const a = b      ', '```', '~~~ts\n', '```ts\n`', '> ```py\n', '{"cells":[', '["', '"\\"', '</', '<a ', '&quot;', '---\n', '<StiggProvider :a="{', '<StiggProvider v-bind="{a:\'b\'}">', ':a="b(1)"', '<a :b="f(1)">', '{f(1)}', '%%sh', '`', '${`', '/*'];
  const slow: string[] = [];
  for (const languageId of IDS) {
    for (const one of parts) {
      const written = `server-00000000- stigg ${one.repeat(Math.ceil(150_000 / one.length))}`;
      const source = { path: path(languageId), languageId, text: written, syntax: undefined, imports: [] };
      const started = cpuNow();
      const language = languageFor(languageId);
      language.embeds(source);
      language.regions(source);
      language.inComment(source, 1_000);
      language.holderOf(source, { start: 100_000, end: 100_010 });
      for (const init of language.sdkInits(source)) init.addArgument('a', 'b');
      const spent = cpuNow() - started;
      if (spent > 4_000) slow.push(`${languageId} ${one} ${Math.round(spent)}`);
    }
  }
  expect(slow).toEqual([]);
}, 60_000);
