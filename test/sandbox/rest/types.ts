import { SHAPES } from './shapes.js';

const CURRENCIES =
  'usd aed all amd ang aud awg azn bam bbd bdt bgn bif bmd bnd bsd bwp byn bzd brl cad cdf chf cny czk dkk dop dzd egp etb eur fjd gbp gel gip gmd gyd hkd hrk htg idr ils inr isk jmd jpy kes kgs khr kmf krw kyd kzt lbp lkr lrd lsl mad mdl mga mkd mmk mnt mop mro mvr mwk mxn myr mzn nad ngn nok npr nzd pgk php pkr pln qar ron rsd rub rwf sar sbd scr sek sgd sle sll sos szl thb tjs top try ttd tzs uah uzs vnd vuv wst xaf xcd yer zar zmw clp djf gnf ugx pyg xof xpf'.split(' ');
const VENDORS = 'AUTH0 ZUORA STRIPE HUBSPOT AWS_MARKETPLACE SNOWFLAKE SALESFORCE BIG_QUERY OPEN_FGA APP_STORE RECEIVED PREQUEL AIRWALLEX'.split(' ');
const DATE = /^\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2}:\d{2}(?:\.\d{1,6})?(?:Z|[+-]\d{2}:\d{2}))?$/;

export interface Field {
  readonly name: string;
  readonly required: boolean;
  readonly type: string;
}

/** The fields of a shape, read from its line. */
export function fieldsOf(shape: string): readonly Field[] {
  const line = SHAPES[shape];
  if (line === undefined) throw new Error(`The sandbox has no shape ${shape}`);
  return line.split(', ').map((text) => {
    const [, name = '', required, type = 'string'] = /^(\w+)(!?)(?:: (.+))?$/.exec(text) ?? [];
    return { name, required: required === '!', type };
  });
}

/** What is wrong with a value of that type, naming the place; undefined when nothing is. */
export function problemOf(value: unknown, type: string, where: string): string | undefined {
  if (type.endsWith('?')) return value === null ? undefined : problemOf(value, type.slice(0, -1), where);
  if (type.endsWith('[]')) {
    if (!Array.isArray(value)) return `${where} must be an array`;
    return firstOf(value, (item: unknown, index) => problemOf(item, type.slice(0, -2), `${where}[${String(index)}]`));
  }
  if (type.startsWith('=')) return oneOf(value, type.slice(1).split('|'), where);
  switch (type) {
    case 'string':
      return typeof value === 'string' ? undefined : `${where} must be a string`;
    case 'number':
      return typeof value === 'number' ? undefined : `${where} must be a number`;
    case 'boolean':
      return typeof value === 'boolean' ? undefined : `${where} must be a boolean`;
    case 'date':
      return typeof value === 'string' && DATE.test(value) && !Number.isNaN(Date.parse(value)) ? undefined : `${where} must be an ISO 8601 date`;
    case 'currency':
      return oneOf(value, CURRENCIES, where);
    case 'vendor':
      return oneOf(value, VENDORS, where);
    case 'object':
      return isObject(value) ? undefined : `${where} must be an object`;
    case 'map':
      return isObject(value) && Object.values(value).every((item) => typeof item === 'string') ? undefined : `${where} must be a map of strings`;
    case 'scalars':
      return isObject(value) && Object.values(value).every((item) => ['string', 'number', 'boolean'].includes(typeof item)) ? undefined : `${where} must be a map of strings, numbers and booleans`;
    default:
      return union(value, type.split('/'), where);
  }
}

/** What is wrong with an object whose fields are these: unknown ones, missing ones, ones of another type. */
export function fieldsProblem(value: unknown, fields: readonly Field[], where: string): string | undefined {
  if (!isObject(value)) return `${where === '' ? 'The body' : where} must be an object`;
  const at = (name: string): string => (where === '' ? name : `${where}.${name}`);
  const unknown = Object.keys(value).find((name) => !fields.some((field) => field.name === name));
  if (unknown !== undefined) return `${at(unknown)} is not a known field`;
  return firstOf(fields, ({ name, required, type }) => {
    if (value[name] === undefined) return required ? `${at(name)} is required` : undefined;
    if (required && value[name] === '') return `${at(name)} is required`;
    return problemOf(value[name], type, at(name));
  });
}

/** One of several shapes: the one whose `type` the value has is what its problem is told of. */
function union(value: unknown, shapes: readonly string[], where: string): string | undefined {
  const type: unknown = isObject(value) ? value.type : undefined;
  const meant = shapes.find((shape) => shapes.length === 1 || fieldsOf(shape).some((field) => field.name === 'type' && field.type === `=${String(type)}`)) ?? shapes[0] ?? '';
  return fieldsProblem(value, fieldsOf(meant), where);
}

function oneOf(value: unknown, allowed: readonly string[], where: string): string | undefined {
  return typeof value === 'string' && allowed.includes(value) ? undefined : `${where} must be one of ${allowed.slice(0, 20).join(', ')}`;
}

function firstOf<T>(items: readonly T[], problem: (item: T, index: number) => string | undefined): string | undefined {
  for (const [index, item] of items.entries()) {
    const found = problem(item, index);
    if (found !== undefined) return found;
  }
  return undefined;
}

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
