import type { leadsElsewhere as leads } from '../usages/realPlace.js';

/** In the place of the module of this name in a browser, which shows the files of a folder that was opened and no links out of it. */
export const leadsElsewhere: typeof leads = () => Promise.resolve(false);
