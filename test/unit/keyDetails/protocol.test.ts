import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { pageTexts } from '../../../src/editor/keyDetails/texts.js';
import { fromPanel, toPanel, type Sent, type ToPanel } from '../../../src/webview/keyDetails/protocol.js';

const draft = { name: 'billing', description: '' };
const error = { text: 'No.', nextStep: 'Try again.' };
const view = {
  keyId: 'k1', name: 'billing', description: '', subtitle: 's', isProduction: false, status: { text: 'Active', tone: 'good' }, renameRefusal: null, mask: 'm', valueNote: null,
  revealRefusal: null, facts: [{ label: 'l', text: 't', note: null, tone: 'plain' }], actions: [{ action: 'rotate', label: 'Rotate', refusal: null }], banners: [{ tone: 'bad', text: 'b', button: null }],
} as const;
const cell = { id: 'COUPON:WRITE', label: 'l', isOn: true, refusal: null, implies: 'COUPON:READ' };

const TO: readonly ToPanel[] = [
  { type: 'start', texts: pageTexts(), environmentId: 'e1', keyId: 'k1', tab: 'scope', draft, scopeDraft: ['A'] },
  { type: 'key', view },
  { type: 'key', view: null },
  { type: 'scope', view: { kind: 'loading' } },
  { type: 'scope', view: { kind: 'error', error } },
  { type: 'scope', view: { kind: 'ready', refusal: null, summary: 's', rows: [{ label: 'l', read: null, write: cell }], presets: [{ label: 'p', cells: ['A'], refusal: null }] } },
  { type: 'activity', view: { offset: 50, rows: [{ at: '2026-01-01T00:00:00.000Z', when: 'w', event: 'e', actor: 'a' }], isLoading: false, hasMore: true, error, refusal: null } },
  { type: 'outcome', form: 'scope', outcome: { kind: 'saved', text: 'Saved' } },
  { type: 'outcome', form: 'overview', outcome: { kind: 'failed', field: 'name', error } },
  { type: 'value', keyId: 'k1', value: 'shown for a while', forMs: 30_000 },
  { type: 'hideValue', error: null },
];
const FROM: readonly Sent[] = [
  { keyId: null, body: { type: 'ready' } },
  ...([
    { type: 'tab', tab: 'activity' }, { type: 'draft', draft }, { type: 'draft', draft: null }, { type: 'scopeDraft', cells: ['A'] }, { type: 'saveDetails', draft, base: draft },
    { type: 'saveScope', cells: ['A'], base: [] }, { type: 'reveal' }, { type: 'hide' }, { type: 'copy' }, { type: 'loadScope' }, { type: 'loadActivity' }, { type: 'loadMore' }, { type: 'action', action: 'revoke' },
  ] as const).map((body) => ({ keyId: 'k1', body })),
];

describe('what both ends let through', () => {
  test.each(TO.map((message) => [JSON.stringify(message).slice(0, 60), message] as const))('%s', (_name, message) => {
    expect(toPanel(structuredClone(message))).toEqual(message);
    // What was not asked for does not come along.
    expect(toPanel({ ...structuredClone(message), more: 1 })).toEqual(message);
  });

  test.each(FROM.map((sent) => [JSON.stringify(sent), sent] as const))('%s', (_name, sent) => {
    expect(fromPanel(structuredClone(sent))).toEqual(sent);
    expect(fromPanel({ ...sent, body: { ...sent.body, more: 1 } })).toEqual(sent);
  });
});

describe('what neither lets through', () => {
  test.each<[string, unknown]>([
    ['nothing', undefined], ['text', 'key'], ['a list', []], ['another type', { type: 'run' }], ['an inherited type', Object.create({ type: 'hideValue', error: null })],
    ['a name that is no text', { type: 'key', view: { ...view, name: { toString: () => 'x' } } }],
    ['a tone of its own', { type: 'key', view: { ...view, status: { text: 'x', tone: 'url(x)' } } }],
    ['an action of its own', { type: 'key', view: { ...view, actions: [{ action: 'workbench.action.quit', label: 'x', refusal: null }] } }],
    ['endless text', { type: 'key', view: { ...view, name: 'x'.repeat(20_001) } }],
    ['too many cells', { type: 'scope', view: { kind: 'ready', refusal: null, summary: '', rows: [], presets: [{ label: 'p', cells: Array.from({ length: 101 }, () => 'A'), refusal: null }] } }],
    ['a value without its time', { type: 'value', keyId: 'k1', value: 'x' }],
    ['a time that is no number', { type: 'value', keyId: 'k1', value: 'x', forMs: NaN }],
    ['texts that are missing', { type: 'start', texts: {}, environmentId: 'e1', keyId: 'k1', tab: 'scope', draft: null, scopeDraft: null }],
    ['a proxy of another tab', { type: 'start', texts: pageTexts(), environmentId: 'e1', keyId: 'k1', tab: '__proto__', draft: null, scopeDraft: null }],
  ])('to the page: %s', (_name, message) => {
    expect(toPanel(message)).toBeUndefined();
  });

  test.each<[string, unknown]>([
    ['no envelope', { type: 'reveal' }], ['ready for a key', { keyId: 'k1', body: { type: 'ready' } }], ['an order without a key', { keyId: null, body: { type: 'reveal' } }],
    ['a command', { keyId: 'k1', body: { type: 'action', action: 'stiggKeys.forgetEverything' } }], ['a draft without a name', { keyId: 'k1', body: { type: 'draft', draft: { description: '' } } }],
    ['a save without a base', { keyId: 'k1', body: { type: 'saveDetails', draft } }], ['another type', { keyId: 'k1', body: { type: 'value', value: 'x' } }],
  ])('to the extension: %s', (_name, message) => {
    expect(fromPanel(message)).toBeUndefined();
  });

  it('whatever comes, it is understood or left, and never thrown at', () => {
    fc.assert(fc.property(fc.anything({ withNullPrototype: true, withBigInt: true, withDate: true, withMap: true }), (value) => {
      toPanel(value);
      fromPanel(value);
      toPanel({ type: 'key', view: value });
      fromPanel({ keyId: 'k1', body: value });
    }));
  });
});
