/** Why a value counts cents. */
export type Cause = 'multiplied' | 'helper' | 'stripe' | 'name';
