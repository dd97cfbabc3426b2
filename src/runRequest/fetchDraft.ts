import { t } from '@vscode/l10n';
import { cleanText } from '../keys/graphql/text.js';
import type { FetchCall, WrittenHole, WrittenValue } from '../scan/fetchCalls.js';
import { joined, KEY, literal, visible, type Draft, type DraftHeader, type Part, type Text } from './draft.js';
import type { Fresh } from './httpVariables.js';
import { isKeyVariable } from './keyVariables.js';

/** Options that do not change what arrives at Stigg. */
const WITHOUT_EFFECT = new Set(['signal', 'cache', 'credentials', 'mode', 'redirect', 'next', 'keepalive', 'duplex', 'priority', 'referrer', 'referrerPolicy', 'integrity', 'dispatcher', 'agent', 'timeout', 'window']);
/** Where a JSON value with this many parts ends, somebody wrote data. */
const LARGEST = 50_000;

/** What a call of `fetch` would send. */
export function fetchDraft(call: FetchCall, fresh: Pick<Fresh, 'uuid'>): Draft {
  return new Reading(fresh).read(call);
}

class Reading {
  readonly #fresh: Pick<Fresh, 'uuid'>;
  readonly #problems: string[] = [];
  #left = LARGEST;

  constructor(fresh: Pick<Fresh, 'uuid'>) {
    this.#fresh = fresh;
  }

  read({ start, end, url, options }: FetchCall): Draft {
    const given = new Map<string, WrittenValue>();
    if (options?.kind === 'object') for (const { key, value } of options.entries) given.set(key, value);
    else if (options !== undefined && options.kind !== 'undefined') this.#problem(t('The options of this call come from elsewhere ({0}).', codeOf(options)));
    for (const [key, value] of given) {
      if (!['method', 'headers', 'body'].includes(key) && !WITHOUT_EFFECT.has(key)) this.#problem(key === '...' ? t('Some options of this call come from elsewhere ({0}).', codeOf(value)) : t('The option “{0}” of this call is not understood here.', cleanText(key, 40)));
    }
    const body = this.#body(given.get('body'));
    const headers = this.#headers(given.get('headers'));
    // As fetch itself does for a body that is text.
    const implied: DraftHeader[] = body !== undefined && !headers.some(({ name }) => visible(name).toLowerCase() === 'content-type') ? [{ name: ['Content-Type'], value: ['text/plain;charset=UTF-8'] }] : [];
    const method = given.get('method');
    return {
      start, end, form: 'fetch',
      method: method === undefined || method.kind === 'undefined' ? ['GET'] : this.#text(method),
      url: this.#text(url),
      headers: [...headers, ...implied],
      body,
      isGraphqlDocument: false,
      problems: this.#problems,
      notes: [],
    };
  }

  #problem(words: string): void {
    this.#problems.push(words);
  }

  #text(value: WrittenValue): Text {
    switch (value.kind) {
      case 'text':
        return joined(value.parts.map((part): Part => (typeof part === 'string' ? part : this.#hole(part))));
      case 'plain':
        return [String(value.value)];
      case 'hole':
        return [this.#hole(value)];
      case 'json':
        return this.#json(value.value, value.isIndented);
      case 'undefined':
      case 'object':
      case 'list':
        return [{ missing: codeOf(value) }];
    }
  }

  #hole({ code, isFresh }: WrittenHole): Part {
    if (isFresh) return this.#fresh.uuid();
    const name = code.split(/[^\w$]/).findLast((word) => word !== '') ?? '';
    return /\benv\b|^\w+$/.test(code) && isKeyVariable(name) ? KEY : { missing: cleanText(code, 60) };
  }

  #headers(value: WrittenValue | undefined): DraftHeader[] {
    if (value === undefined || value.kind === 'undefined') return [];
    if (value.kind !== 'object' && value.kind !== 'list') {
      this.#problem(t('The headers of this call come from elsewhere ({0}).', codeOf(value)));
      return [];
    }
    const pairs = value.kind === 'object' ? value.entries : value.elements.map((element) => {
      const [name, content] = element.kind === 'list' ? element.elements : [];
      const key = name === undefined ? undefined : literal(this.#text(name));
      return { key: key ?? '...', value: content ?? element };
    });
    return pairs.flatMap(({ key, value: content }) => {
      if (content.kind === 'undefined') return [];
      if (key !== '...') return [{ name: [key], value: this.#text(content) }];
      this.#problem(t('Some headers of this call come from elsewhere ({0}).', codeOf(content)));
      return [];
    });
  }

  #body(value: WrittenValue | undefined): Text | undefined {
    if (value === undefined || value.kind === 'undefined' || (value.kind === 'plain' && value.value === null)) return undefined;
    return this.#text(value);
  }

  #json(value: WrittenValue, isIndented: boolean): Text {
    this.#left = LARGEST;
    const text = joined(this.#jsonParts(value));
    const whole = isIndented ? literal(text) : undefined;
    return whole === undefined ? text : [JSON.stringify(JSON.parse(whole), null, 2)];
  }

  #jsonParts(value: WrittenValue): Text {
    if (this.#left-- < 0) return [{ missing: '…' }];
    switch (value.kind) {
      case 'text': {
        const parts = this.#text(value);
        return ['"', ...parts.map((part) => (typeof part === 'string' ? JSON.stringify(part).slice(1, -1) : part)), '"'];
      }
      case 'plain':
        return [JSON.stringify(value.value)];
      case 'object': {
        // The last value of a name counts, in the place of the first.
        const entries = new Map<string, WrittenValue>();
        for (const { key, value: inner } of value.entries) entries.set(key, inner);
        const sent = [...entries].filter(([, inner]) => inner.kind !== 'undefined');
        return ['{', ...sent.flatMap(([key, inner], index): Text => [index === 0 ? '' : ',', `${JSON.stringify(key)}:`, ...this.#jsonParts(inner)]), '}'];
      }
      case 'list':
        return ['[', ...value.elements.flatMap((element, index): Text => [index === 0 ? '' : ',', ...(element.kind === 'undefined' ? ['null'] : this.#jsonParts(element))]), ']'];
      case 'json': {
        const inner = literal(this.#json(value.value, value.isIndented));
        return inner === undefined ? [{ missing: codeOf(value.value) }] : [JSON.stringify(inner)];
      }
      case 'hole': {
        const part = this.#hole(value);
        return typeof part === 'string' ? [JSON.stringify(part)] : [part];
      }
      case 'undefined':
        return ['null'];
    }
  }
}

function codeOf(value: WrittenValue): string {
  return value.kind === 'hole' ? cleanText(value.code, 60) : '…';
}
