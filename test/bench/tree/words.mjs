// @ts-check
// What files are made of: the words of ordinary programs and ordinary prose, those among them that a careless search stumbles over.

const NOUNS = 'account address amount array asset batch billing body branch buffer cache cart catalog channel chart checkout column comment config context cursor customer date detail device document domain draft email endpoint entry event export feature field file filter flag folder form group handler header history host image index input invoice item job key label layout lead limit line link list locale location log map member message method metric model module node note notice object offer option order owner page panel parser path payment period permission phase pipeline plan player policy pool port price product profile project provider query queue quota range rate record region report request resource response result role route row rule sample schema scope screen section segment service session setting shape shipment signal slot snapshot source stage state status step store stream string subject summary symbol table tag target task team template tenant ticket timer title token topic trace tree trigger type unit update upload usage user value vendor version view visit warning webhook widget window worker zone'.split(' ');
const VERBS = 'add apply assert attach build call cancel check clear clone close collect commit compare compile compute convert copy count create decode delete derive describe detach dispatch download emit encode enqueue ensure expand export fetch fill filter find finish flatten flush format get group handle hash import init insert install invoke join list load lock log lookup map match measure merge migrate move normalize notify open parse patch persist pick prepare print process publish push query read receive record redirect reduce refresh register reject release reload remove rename render replace report request reset resolve restore retry run save scan schedule search select send serialize set sort split start stop store stream submit subscribe sum sync take test trace track transform trigger trim unlock update upload use validate verify visit wait walk watch wrap write'.split(' ');
const ADJECTIVES = 'active actual annual async base best blank bulk cached common current custom daily deep default dirty draft dry dynamic early empty enabled entire even exact existing external extra failed fast final first fixed flat full global hidden idle inner internal invalid known large last late latest lazy legacy light local main manual max merged min minor missing mock monthly native nested new next null old open optional outer parent partial pending plain primary private public pure quick random raw ready recent remote safe secondary secure shared short simple single slow small sorted stable stale static strict temp total trial unique unknown unsafe used valid visible weekly whole'.split(' ');
const PROSE = 'the of and to in is that for it as with on by this are be or from an at which if not can when all has was but will one we they you there their how more no so what about out into only use its other then them some time these two may any like such because where each while also between most over after before must should during without within under both same through until again once here why every very just well even still often rather instead already always never usually mostly server-side client-side server-rendered client-only server-sent self-hosted read-only well-known real-time back-end front-end up-to-date opt-in third-party'.split(' ');

/**
 * A quote right behind one of these, and a UUID somewhere else in the file, and a scan has to look closer: real repositories have such files, one in a few
 * hundred. Within longer names they are as common as anything else.
 */
const SIDES = ['client', 'server'];
const SELDOM = 0.0005;
const BEGINNINGS = [...NOUNS, ...SIDES];

/** @typedef {import('./random.mjs').Random} Random */

/** @param {string} word */
const upper = (word) => word.charAt(0).toUpperCase() + word.slice(1);

/** @param {Random} random */
export const noun = (random) => random.pick(random.chance(SELDOM) ? SIDES : NOUNS);
/** @param {Random} random */
export const verb = (random) => random.pick(VERBS);

/** `pendingInvoice`, `invoiceQueue`, `rows`. @param {Random} random */
export function camel(random) {
  const choice = random.below(4);
  if (choice === 0) return random.pick(NOUNS);
  if (choice === 1) return random.pick(ADJECTIVES) + upper(random.pick(NOUNS));
  return random.pick(BEGINNINGS) + upper(random.pick(NOUNS));
}

/** `resolvePendingInvoice`. @param {Random} random */
export function action(random) {
  return random.pick(VERBS) + upper(random.chance(0.5) ? random.pick(ADJECTIVES) : random.pick(BEGINNINGS)) + upper(random.pick(NOUNS));
}

/** `InvoiceQueue`. @param {Random} random */
export const pascal = (random) => upper(random.pick(BEGINNINGS)) + upper(random.pick(NOUNS));

/** `pending_invoice`. @param {Random} random */
export const snake = (random) => `${random.pick(ADJECTIVES)}_${random.pick(NOUNS)}`;

/** `invoice-queue`. @param {Random} random */
export const kebab = (random) => `${random.pick(BEGINNINGS)}-${random.pick(NOUNS)}`;

/** A sentence without a line break. @param {Random} random */
export function sentence(random) {
  const words = [];
  for (let left = 6 + random.below(14); left > 0; left--) words.push(random.chance(0.55) ? random.pick(PROSE) : random.pick([NOUNS, VERBS, ADJECTIVES][random.below(3)] ?? NOUNS));
  return `${upper(words.join(' '))}.`;
}
