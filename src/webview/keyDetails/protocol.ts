import { asArray, asBoolean, asNullable, asNumber, asObject, asOneOf, asText, type Decoder, decode } from './decode.js';

/**
 * What the key details panel and the extension say to each other. Both ends check what they get: the panel because a mistake of ours
 * must not become markup, the extension because a page is a page. One message alone carries a secret: `value`.
 */

export const TABS = ['overview', 'scope', 'activity'] as const;
export type Tab = (typeof TABS)[number];

/** What the panel's buttons ask for besides its own forms. Commands of the extension carry them out. */
export const ACTIONS = ['rotate', 'grace', 'revoke', 'console', 'store', 'harden', 'refresh', 'successor'] as const;
export type Action = (typeof ACTIONS)[number];

/** One button. `refusal`: why it cannot be pressed now, shown in words beside it. */
export interface ActionView {
  readonly action: Action;
  readonly label: string;
  readonly refusal: string | null;
}

/** One line of the overview. `tone` is never the only sign: the words say the same. */
export interface Fact {
  readonly label: string;
  readonly text: string;
  readonly note: string | null;
  readonly tone: Tone;
}
export const TONES = ['plain', 'good', 'warning', 'bad'] as const;
export type Tone = (typeof TONES)[number];

export interface Banner {
  readonly tone: Tone;
  readonly text: string;
  readonly button: ActionView | null;
}

/** The key as it is shown. Names and descriptions are others' words: text, never markup. */
export interface KeyView {
  readonly keyId: string;
  readonly name: string;
  readonly description: string;
  /** Below the name: type, environment, account. */
  readonly subtitle: string;
  readonly isProduction: boolean;
  readonly status: { readonly text: string; readonly tone: Tone };
  /** Why name and description cannot be changed; null where they can. */
  readonly renameRefusal: string | null;
  /** The value's mask, or words where there is none. */
  readonly mask: string;
  readonly valueNote: string | null;
  readonly revealRefusal: string | null;
  readonly facts: readonly Fact[];
  readonly actions: readonly ActionView[];
  readonly banners: readonly Banner[];
}

export interface ErrorView {
  readonly text: string;
  readonly nextStep: string;
}

export interface MatrixCell {
  /** What is sent back, such as `CUSTOMER:WRITE`. */
  readonly id: string;
  /** Read aloud with the checkbox: resource and action. */
  readonly label: string;
  readonly isOn: boolean;
  /** Why it cannot be chosen; null where it can. */
  readonly refusal: string | null;
  /** Switched on together with this one, and what takes this one along when it is switched off. */
  readonly implies: string | null;
}
export interface MatrixRow {
  readonly label: string;
  /** null where the resource has no such action. */
  readonly read: MatrixCell | null;
  readonly write: MatrixCell | null;
}
export interface PresetView {
  readonly label: string;
  readonly cells: readonly string[];
  readonly refusal: string | null;
}
export type ScopeView =
  | { readonly kind: 'loading' }
  | { readonly kind: 'error'; readonly error: ErrorView }
  | { readonly kind: 'ready'; readonly refusal: string | null; readonly summary: string; readonly rows: readonly MatrixRow[]; readonly presets: readonly PresetView[] };

export interface ActivityRow {
  /** ISO 8601. */
  readonly at: string;
  readonly when: string;
  readonly event: string;
  readonly actor: string;
}
export interface ActivityView {
  /** How many rows the page has already; 0 replaces them all. A log of thousands is sent page by page. */
  readonly offset: number;
  readonly rows: readonly ActivityRow[];
  readonly isLoading: boolean;
  readonly hasMore: boolean;
  readonly error: ErrorView | null;
  readonly refusal: string | null;
}

/** What a person has changed and not saved yet; null where nothing is. */
export interface Draft {
  readonly name: string;
  readonly description: string;
}

export const FORMS = ['overview', 'scope'] as const;
export type Form = (typeof FORMS)[number];
/** `field`: where the error belongs; null for the form as a whole. */
export type Outcome = { readonly kind: 'saved'; readonly text: string } | { readonly kind: 'failed'; readonly field: 'name' | 'description' | null; readonly error: ErrorView };

/** Every fixed text of the page, translated. */
export const TEXTS = [
  'loading', 'keyDetails', 'overview', 'scope', 'activity', 'actions', 'name', 'description', 'save', 'saving', 'discard', 'unsaved', 'noChange', 'nowAtStigg', 'scopeChanged',
  'value', 'show', 'hide', 'copy', 'reading', 'shown', 'shownNote', 'hidden', 'resource', 'read', 'write', 'presets', 'allowed', 'notAllowed', 'none',
  'timestamp', 'event', 'actor', 'loadMore', 'loadingMore', 'noActivity', 'moreLoaded', 'allLoaded', 'tryAgain', 'production', 'emptyName', 'permissions', 'unavailable',
] as const;
export type Texts = Readonly<Record<(typeof TEXTS)[number], string>>;

/** From the extension to the page. */
export type ToPanel =
  | { readonly type: 'start'; readonly texts: Texts; readonly environmentId: string; readonly keyId: string; readonly tab: Tab; readonly draft: Draft | null; readonly scopeDraft: readonly string[] | null }
  | { readonly type: 'key'; readonly view: KeyView | null }
  | { readonly type: 'scope'; readonly view: ScopeView }
  | { readonly type: 'activity'; readonly view: ActivityView }
  | { readonly type: 'outcome'; readonly form: Form; readonly outcome: Outcome }
  /** The secret. Shown at once, in one text node, for `forMs` milliseconds at most. */
  | { readonly type: 'value'; readonly keyId: string; readonly value: string; readonly forMs: number }
  | { readonly type: 'hideValue'; readonly error: ErrorView | null };

/** From the page to the extension, for the key that the page shows. */
export type FromPanel =
  | { readonly type: 'tab'; readonly tab: Tab }
  | { readonly type: 'draft'; readonly draft: Draft | null }
  | { readonly type: 'scopeDraft'; readonly cells: readonly string[] | null }
  /** `base`: what the person saw when they began, so that a change by others meanwhile is noticed. */
  | { readonly type: 'saveDetails'; readonly draft: Draft; readonly base: Draft }
  | { readonly type: 'saveScope'; readonly cells: readonly string[]; readonly base: readonly string[] }
  | { readonly type: 'reveal' | 'hide' | 'copy' | 'loadScope' | 'loadActivity' | 'loadMore' }
  | { readonly type: 'action'; readonly action: Action };

/**
 * What really is sent: with the key it is about, because a panel can be given to another key while a message is under way. The page
 * says `ready` before it knows one.
 */
export type Sent = { readonly keyId: null; readonly body: { readonly type: 'ready' } } | { readonly keyId: string; readonly body: FromPanel };

/** Longest texts that are let through; names and descriptions are cut far below by what reads them from Stigg. */
const LONG = 20_000;
const text = asText(LONG);
const id = asText(200);
const tab = asOneOf(TABS);
const tone = asOneOf(TONES);
const draft: Decoder<Draft> = asObject({ name: text, description: text });
const cells = asArray(id, 100);
const error: Decoder<ErrorView> = asObject({ text, nextStep: text });
const action: Decoder<ActionView> = asObject({ action: asOneOf(ACTIONS), label: text, refusal: asNullable(text) });
const cell: Decoder<MatrixCell> = asObject({ id, label: text, isOn: asBoolean, refusal: asNullable(text), implies: asNullable(id) });

const keyView: Decoder<KeyView> = asObject({
  keyId: id, name: text, description: text, subtitle: text, isProduction: asBoolean, status: asObject({ text, tone }), renameRefusal: asNullable(text),
  mask: text, valueNote: asNullable(text), revealRefusal: asNullable(text),
  facts: asArray(asObject({ label: text, text, note: asNullable(text), tone }), 50),
  actions: asArray(action, 20),
  banners: asArray(asObject({ tone, text, button: asNullable(action) }), 20),
});

const scopeView: Decoder<ScopeView> = (value) => {
  switch (kindOf(value, 'kind')) {
    case 'error':
      return { kind: 'error', error: asObject({ error })(value).error };
    case 'ready':
      return {
        kind: 'ready',
        ...asObject({
          refusal: asNullable(text), summary: text,
          rows: asArray(asObject({ label: text, read: asNullable(cell), write: asNullable(cell) }), 50),
          presets: asArray(asObject({ label: text, cells, refusal: asNullable(text) }), 50),
        })(value),
      };
    default:
      return { kind: asOneOf(['loading'])(kindOf(value, 'kind')) };
  }
};

const activityView: Decoder<ActivityView> = asObject({
  offset: asNumber(0, 1_000_000), rows: asArray(asObject({ at: id, when: text, event: text, actor: text }), 100_000),
  isLoading: asBoolean, hasMore: asBoolean, error: asNullable(error), refusal: asNullable(text),
});

const outcome: Decoder<Outcome> = (value) => (kindOf(value, 'kind') === 'saved'
  ? { kind: 'saved', text: asObject({ text })(value).text }
  : { kind: asOneOf(['failed'])(kindOf(value, 'kind')), ...asObject({ field: asNullable(asOneOf(['name', 'description'])), error })(value) });

const texts: Decoder<Texts> = asObject(Object.fromEntries(TEXTS.map((name) => [name, text])) as Record<keyof Texts, Decoder<string>>);

/** A message for the page, or undefined for anything else that lands in its window. */
export function toPanel(message: unknown): ToPanel | undefined {
  return decode((value): ToPanel => {
    switch (kindOf(value, 'type')) {
      case 'start':
        return { type: 'start', ...asObject({ texts, environmentId: id, keyId: id, tab, draft: asNullable(draft), scopeDraft: asNullable(cells) })(value) };
      case 'key':
        return { type: 'key', ...asObject({ view: asNullable(keyView) })(value) };
      case 'scope':
        return { type: 'scope', ...asObject({ view: scopeView })(value) };
      case 'activity':
        return { type: 'activity', ...asObject({ view: activityView })(value) };
      case 'outcome':
        return { type: 'outcome', ...asObject({ form: asOneOf(FORMS), outcome })(value) };
      case 'value':
        return { type: 'value', ...asObject({ keyId: id, value: asText(1_000), forMs: asNumber(0, 600_000) })(value) };
      default:
        return { type: asOneOf(['hideValue'])(kindOf(value, 'type')), ...asObject({ error: asNullable(error) })(value) };
    }
  }, message);
}

/** A message for the extension, or undefined for anything that is none. */
export function fromPanel(message: unknown): Sent | undefined {
  return decode((value): Sent => {
    const { keyId, body } = asObject({ keyId: asNullable(id), body: asIs })(value);
    return keyId === null ? { keyId, body: asObject({ type: asOneOf(['ready']) })(body) } : { keyId, body: answer(body) };
  }, message);
}

const asIs: Decoder<unknown> = (value) => value;

const answer: Decoder<FromPanel> = (value) => {
  switch (kindOf(value, 'type')) {
    case 'tab':
      return { type: 'tab', ...asObject({ tab })(value) };
    case 'draft':
      return { type: 'draft', ...asObject({ draft: asNullable(draft) })(value) };
    case 'scopeDraft':
      return { type: 'scopeDraft', ...asObject({ cells: asNullable(cells) })(value) };
    case 'saveDetails':
      return { type: 'saveDetails', ...asObject({ draft, base: draft })(value) };
    case 'saveScope':
      return { type: 'saveScope', ...asObject({ cells, base: cells })(value) };
    case 'action':
      return { type: 'action', ...asObject({ action: asOneOf(ACTIONS) })(value) };
    default:
      return { type: asOneOf(['reveal', 'hide', 'copy', 'loadScope', 'loadActivity', 'loadMore'])(kindOf(value, 'type')) };
  }
};

function kindOf(value: unknown, name: 'kind' | 'type'): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, name) ? (value as Record<string, unknown>)[name] : undefined;
}
