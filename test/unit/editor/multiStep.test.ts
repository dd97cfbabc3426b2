import { describe, expect, it, vi } from 'vitest';
import { BACK, runSteps, type Step } from '../../../src/editor/multiStep.js';

vi.mock('vscode', () => ({ InputBoxValidationSeverity: {} }));

interface Answers {
  readonly said: readonly string[];
  readonly isLong: boolean;
}
type Reply = string | typeof BACK | undefined;

/** Asks three questions, the middle one only where it applies; each gives the next of its replies. */
async function talk(replies: Readonly<Record<string, Reply[]>>): Promise<{ end: Answers | undefined; asked: string[] }> {
  const asked: string[] = [];
  const step = (name: string, applies?: (state: Answers) => boolean): Step<Answers> => ({
    ...(applies === undefined ? {} : { applies }),
    ask: (state, frame) => {
      asked.push(`${name} ${String(frame.step)}/${String(frame.totalSteps)}`);
      const reply = replies[name]?.shift();
      return Promise.resolve(typeof reply === 'string' ? { said: [...state.said, reply], isLong: reply === 'long' || (state.isLong && reply !== 'short') } : reply);
    },
  });
  const end = await runSteps<Answers>('Title', [step('first'), step('middle', ({ isLong }) => isLong), step('last')], { said: [], isLong: false });
  return { end, asked };
}

describe('questions one after the other', () => {
  it('are all asked, with their numbers', async () => {
    expect(await talk({ first: ['a'], last: ['z'] })).toEqual({ asked: ['first 1/2', 'last 2/2'], end: { said: ['a', 'z'], isLong: false } });
  });

  it('arise from answers', async () => {
    expect((await talk({ first: ['long'], middle: ['m'], last: ['z'] })).asked).toEqual(['first 1/2', 'middle 2/3', 'last 3/3']);
  });

  it('are gone back from, one at a time, and no answer is lost', async () => {
    const { asked, end } = await talk({ first: ['long', 'again'], middle: ['m', BACK, 'n'], last: [BACK, 'z'] });
    expect(asked).toEqual(['first 1/2', 'middle 2/3', 'last 3/3', 'middle 2/3', 'first 1/3', 'middle 2/3', 'last 3/3']);
    expect(end?.said).toEqual(['long', 'm', 'again', 'n', 'z']);
  });

  it('no longer arise once the answer is another', async () => {
    const { asked } = await talk({ first: ['long', 'short'], middle: [BACK], last: ['z'] });
    expect(asked).toEqual(['first 1/2', 'middle 2/3', 'first 1/3', 'last 2/2']);
  });

  it.each(['first', 'middle', 'last'])('are left at any of them (%s)', async (at) => {
    const replies: Record<string, Reply[]> = { first: ['long'], middle: ['m'], last: ['z'] };
    replies[at] = [undefined];
    expect((await talk(replies)).end).toBeUndefined();
  });

  it('have nothing before the first', async () => {
    expect((await talk({ first: [BACK, 'a'], last: ['z'] })).asked).toEqual(['first 1/2', 'first 1/2', 'last 2/2']);
  });
});
