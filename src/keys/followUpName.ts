/** How the names of follow-ups in shared state begin; known without anything that reads them. */
export const FOLLOW_UP = 'leftovers-';
