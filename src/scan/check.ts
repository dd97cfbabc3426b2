import { ByStatement, canFollow } from './byStatement.js';
import type { ScanContext } from './context.js';
import { discreet } from './discreet.js';
import type { Finding, Fix, TextEdit } from './finding.js';
import type { Part } from './parts.js';
import type { Rule } from './rules/rule.js';
import { ScanFile } from './scanFile.js';
import type { Source } from './source.js';
import { RULES } from './rules/index.js';
import { unusedSuppression, unusedSuppressions } from './rules/unusedSuppression.js';
import { Suppressions } from './suppress.js';

/**
 * Runs the rules over all parts of a document: findings by position, without those that were suppressed or switched off. Of a document that is followed
 * through its changes what did not change is not looked at again.
 */
export function check(source: Source, parts: readonly Part[], context: ScanContext, rules: readonly Rule[], isFollowed = false): Finding[] {
  if (context.isExcluded(source.path)) return [];
  const active = rules.filter((rule) => context.severityOf(rule.id, source.path) !== 'off');
  try {
    const places = new Places(source, parts);
    const suppressions = Suppressions.read(source, (offset) => places.inComment(offset));
    const findings = checkParts(source, parts, context, active, isFollowed)
      .filter(({ rule, start }) => !suppressions.silences(rule, start));
    if (active.includes(unusedSuppression)) findings.push(...unusedSuppressions({ source, suppressions, context, rules: RULES, isUnderstood: parts.every(isUnderstood), isPlain: (offset) => places.isPlain(offset) }));
    return findings
      .map((finding) => discreet({ ...finding, severity: configured(finding, source, context) }))
      .sort((a, b) => a.start - b.start || a.end - b.end);
  } finally {
    for (const { syntax } of parts) syntax?.forgetNodes();
  }
}

function configured({ rule, severity }: Finding, { path }: Source, context: ScanContext): Finding['severity'] {
  const wanted = context.severityOf(rule, path);
  return wanted === undefined || wanted === 'off' ? severity : wanted;
}

/** Rule by rule, since what one says in one part may be what another would say in a second: about a key that the markup hands over and a script holds. */
export function checkParts(source: Source, parts: readonly Part[], context: ScanContext, rules: readonly Rule[], isFollowed = false): Finding[] {
  const files = parts.map((part) => {
    const file = new ScanFile(part, source, context);
    const follow = once(() => (isFollowed && canFollow(part) ? ByStatement.of(part, file) : undefined));
    file.follow(follow);
    return { part, file, follow };
  });
  const taken = new Set<string>();
  const findings: Finding[] = [];
  for (const rule of rules) {
    const anchors: string[] = [];
    for (const { part, file, follow } of files) {
      const followed = ByStatement.knows(rule) ? follow() : undefined;
      for (const { anchor, ...finding } of followed?.findings(rule) ?? rule.check(file)) {
        const place = outerAnchor(anchor, part);
        if (taken.has(place)) continue;
        anchors.push(place);
        findings.push(toOuter({ rule: rule.id, ...finding }, part));
      }
    }
    // A rule may find several things at one anchor; only later rules have to be silent there.
    for (const anchor of anchors) taken.add(anchor);
  }
  return findings;
}

function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => (made ??= { value: make() }).value;
}

/** The anchor with the document's offset: `token@12`. */
function outerAnchor(anchor: string, part: Part): string {
  return anchor.replace(/(?<!\d)\d+$/, (offset) => part.toOuter(Number(offset)).toString());
}

function toOuter(finding: Finding, part: Part): Finding {
  const place = <T extends { readonly start: number; readonly end: number }>(span: T): T => ({ ...span, start: part.toOuter(span.start), end: part.toOuter(span.end) });
  const edit = (one: TextEdit): TextEdit => ({ ...place(one), text: part.encode(one.text) });
  const fix = (one: Fix): Fix => ({ ...one, edits: one.edits.map(edit) });
  return {
    ...place(finding),
    ...(finding.related === undefined ? {} : { related: finding.related.map(place) }),
    fixes: finding.fixes.map(fix),
  };
}

function isUnderstood({ syntax, language, source }: Part): boolean {
  return language.grammar(source.languageId) === undefined || syntax?.hasError === false;
}

/** Where the parts are, for many questions about places. Later parts are regions of earlier ones. */
class Places {
  readonly #source: Source;
  readonly #spans: readonly { readonly part: Part; readonly start: number; readonly end: number }[];
  readonly #plain = new Map<Part, boolean>();

  constructor(source: Source, parts: readonly Part[]) {
    this.#source = source;
    this.#spans = parts.map((part) => ({ part, start: part.toOuter(0), end: part.toOuter(part.source.text.length) }));
  }

  inComment(offset: number): boolean {
    const part = this.#innermost(offset);
    return part?.language.inComment(part.source, innerOffset(part, offset)) === true;
  }

  /** The part around that place is written in the document as it is. */
  isPlain(offset: number): boolean {
    const part = this.#innermost(offset);
    if (part === undefined) return false;
    let isPlain = this.#plain.get(part);
    if (isPlain === undefined) {
      isPlain = this.#source.text.slice(part.toOuter(0), part.toOuter(part.source.text.length)) === part.source.text;
      this.#plain.set(part, isPlain);
    }
    return isPlain;
  }

  #innermost(offset: number): Part | undefined {
    return this.#spans.findLast(({ start, end }) => start <= offset && offset < end)?.part;
  }
}

/** `toOuter` only grows, so that its inverse can be searched for. */
function innerOffset(part: Part, offset: number): number {
  let low = 0;
  let high = part.source.text.length;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (part.toOuter(middle) <= offset) low = middle;
    else high = middle - 1;
  }
  return low;
}
