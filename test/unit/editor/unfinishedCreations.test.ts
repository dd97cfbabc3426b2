import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ExpectedError } from '../../../src/errors.js';
import { Emitter } from '../../../src/event.js';
import { registerUnfinishedCreations } from '../../../src/editor/keyCommands/unfinishedCreations.js';
import type { CreationOutcome } from '../../../src/keys/creation.js';
import { CreationJournal, type CreationRecord } from '../../../src/keys/creationJournal.js';
import { MemoryState } from '../keys/support/memory.js';
import { fake } from './fakeVscode.js';

vi.mock('vscode', async () => ({ ...(await import('./fakeVscode.js')).fake, InputBoxValidationSeverity: {} }));

const record: CreationRecord = { id: 'r', environmentId: 'e1', nameDigest: '', startedAt: new Date(0).toISOString(), knownKeyIds: [], step: 'intended', newKeyId: 'k9', leaseUntil: new Date(0).toISOString() };
const resumed = new Emitter<readonly CreationOutcome[]>();
const show = vi.fn(() => Promise.resolve<string | undefined>(undefined));
const refresh = vi.fn(() => Promise.resolve());
let registration: { dispose(): unknown } | undefined;

beforeEach(() => {
  vi.clearAllMocks();
  registration = registerUnfinishedCreations({
    creation: { onDidResume: resumed.event }, creationJournal: new CreationJournal(new MemoryState()), now: () => new Date(),
    inventory: { environment: () => ({ environment: { displayName: 'Staging' }, keys: [] }), refresh }, reporter: { show },
  } as unknown as Parameters<typeof registerUnfinishedCreations>[0]);
});
afterEach(() => { registration?.dispose(); });

const failure = new ExpectedError('creationUnfinished', 'It could not be stored.', 'Unlock the keychain.');

describe('what became of a creation that was interrupted', () => {
  it.each<[string, CreationOutcome, RegExp]>([
    ['never happened', { kind: 'neverHappened', record }, /in Staging was never made/],
    ['ended', { kind: 'ended', record, key: null }, /had ended at Stigg before it was stored here \("k9"\)/],
  ])('is said: %s', (_what, outcome, words) => {
    resumed.fire([outcome]);
    expect(fake.window.showInformationMessage).toHaveBeenCalledExactlyOnceWith(expect.stringMatching(words));
  });

  it.each<CreationOutcome>([{ kind: 'ambiguous', record, error: failure }, { kind: 'failed', record, error: failure }])('is said once in a window, however often it is looked at: $kind', (outcome) => {
    for (let look = 0; look < 3; look++) resumed.fire([outcome]);
    expect(show).toHaveBeenCalledExactlyOnceWith(failure, 'Show in Sidebar');
  });

  it.each<CreationOutcome>([{ kind: 'waiting', record }, { kind: 'settled', record }])('needs no words: $kind', (outcome) => {
    resumed.fire([outcome]);
    expect(show).not.toHaveBeenCalled();
    expect(fake.window.showInformationMessage).not.toHaveBeenCalled();
  });
});
