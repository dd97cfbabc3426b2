import fc from 'fast-check';

// The same documents in every run, so that a red run can be repeated; `FC_SEED=random` goes hunting, `FC_SEED=<number>` repeats a find.
const wanted = process.env.FC_SEED;
if (wanted !== 'random') fc.configureGlobal({ seed: Number(wanted ?? 20_261_123) });
