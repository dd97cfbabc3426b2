/** What the records of unfinished work say about the keys they are about. */
interface Unfinished {
  readonly environmentId: string | null;
  readonly oldKeyId?: string;
  readonly keyId?: string | null;
  readonly newKeyId: string | null;
}

/** A journal, such as of rotations; `list` resolves with the records that can be understood. */
interface Journal {
  list(): Promise<readonly Unfinished[]>;
}

/** The ids of keys whose stored values unfinished work still needs: to go on with, or to prove with that they have ended. */
export function neededKeys(journals: readonly Journal[]): (environmentId: string) => Promise<ReadonlySet<string>> {
  return async (environmentId) => {
    const records = (await Promise.all(journals.map((journal) => journal.list()))).flat();
    const ids = records.filter((record) => record.environmentId === environmentId).flatMap(({ oldKeyId, keyId, newKeyId }) => [oldKeyId, keyId, newKeyId]);
    return new Set(ids.filter((id) => typeof id === 'string'));
  };
}
