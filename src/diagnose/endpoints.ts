import { ENDPOINTS as ALL } from '../endpoints.js';

/** A path of Stigg's REST API with what may be done there. */
export interface Endpoint {
  readonly version: 'v1' | 'v1-beta';
  /** Without the version, such as `customers/{id}`. */
  readonly template: string;
  readonly methods: readonly string[];
}

/** The paths; parameters are `{id}`, whatever they are called. */
export const ENDPOINTS: readonly Endpoint[] = byPath();

function byPath(): Endpoint[] {
  const found = new Map<string, { readonly version: Endpoint['version']; readonly template: string; readonly methods: string[] }>();
  for (const { method, path } of ALL) {
    const template = path.replace(/^v1(?:-beta)?\//, '').replace(/\{\w+\}/g, '{id}');
    const version = path.startsWith('v1-beta/') ? 'v1-beta' : 'v1';
    const known = found.get(`${version} ${template}`);
    if (known === undefined) found.set(`${version} ${template}`, { version, template, methods: [method] });
    else known.methods.push(method);
  }
  return [...found.values()];
}

/** A segment that is computed: nobody knows what it will be. */
export function isHole(segment: string): boolean {
  return /[{}$*<>…]/.test(segment) || segment.startsWith(':') || segment.startsWith('%s');
}

/** The endpoints of that path (without `/api/v1/`); literal ones before those where an id would stand in their place. */
export function endpointsAt(segments: readonly string[]): readonly Endpoint[] {
  return ENDPOINTS
    .filter(({ template }) => fits(template.split('/'), segments))
    .sort((a, b) => literals(b.template, segments) - literals(a.template, segments));
}

function fits(template: readonly string[], segments: readonly string[]): boolean {
  return template.length === segments.length && template.every((part, index) => {
    const segment = segments[index] ?? '';
    return part === '{id}' ? segment !== '' : part === segment || isHole(segment);
  });
}

function literals(template: string, segments: readonly string[]): number {
  return template.split('/').filter((part, index) => (isHole(segments[index] ?? '') ? part === '{id}' : part === segments[index])).length;
}
