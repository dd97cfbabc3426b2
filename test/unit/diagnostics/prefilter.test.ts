import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { isTooLarge, mayHoldFindings, pauseFor } from '../../../src/editor/diagnostics/prefilter.js';
import { FORMS } from '../scan/tokenForms.js';
import { RULES } from '../../../src/scan/rules/index.js';

const keys = {
  server: `server-${randomUUID()}:${randomUUID()}`,
  client: `client-${randomUUID()}:${randomUUID()}`,
  legacy: `$2b$10$${'aB3./xYz9Q'.repeat(6).slice(0, 53)}:${randomUUID()}`,
};

describe('the prefilter of the editor', () => {
  it.each(RULES.map((rule) => [rule.id, rule] as const))('lets every bad example of %s through', (_id, rule) => {
    for (const example of rule.bad) expect(mayHoldFindings(example.text(keys)), example.path).toBe(true);
  });

  it('stops what has nothing to do with Stigg, and what is too long to have been written by hand', () => {
    expect(mayHoldFindings('export const price = amount * 100; // Stripe\n')).toBe(false);
    expect(mayHoldFindings('const id = "server-key";')).toBe(false);
    expect(isTooLarge(4_000_000)).toBe(false);
    expect(isTooLarge(6_000_000)).toBe(true);
  });

  it('lets a key through in every form, put together too', () => {
    const { server } = keys;
    const [id, environment] = [server.slice(7, 43), server.slice(44)];
    const forms = [
      ...FORMS.flatMap(({ write }) => Object.values(keys).map(write)),
      `'server-' + '${id}' + ':' + '${environment}'`,
      `\`server-\${ID}:\${ENV}\`; const ID = "${id}", ENV = "${environment}";`,
      `['server', '${id}'].join('-') + ':' + '${environment}'`,
      `f"server-{ID}:${environment}"`,
      `"server-#{ID}:${environment}"`,
      `"server-$ID:${environment}"`,
      `"server-%s:%s" % ("${id}", "${environment}")`,
      JSON.stringify(`k = "server-" + "${id}:${environment}"`),
    ];
    for (const form of forms) expect(mayHoldFindings(form)).toBe(true);
  });

  it('waits longer the more there is to scan', () => {
    expect(pauseFor(1_000)).toBeLessThan(pauseFor(500_000));
    expect(pauseFor(500_000)).toBeLessThan(pauseFor(2_000_000));
  });
});
