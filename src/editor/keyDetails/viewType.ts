/** The panel's type, by which VS Code brings it back after a reload. */
export const VIEW_TYPE = 'stiggKeys.keyDetails';

/** The second argument of `stiggKeys.showKey` where a row was only selected: the focus stays in the sidebar. */
export const PREVIEW = 'preview';
