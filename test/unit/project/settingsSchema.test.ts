import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { RULE_LEVELS } from '../../../src/project/settings.js';
import { RULES } from '../../../src/scan/rules/index.js';

// The schema and the setting of VS Code list all rules. UPDATE_SETTINGS=1 writes them anew.
const root = path.resolve(import.meta.dirname, '../../..');
const SCHEMA = path.join(root, 'media/stigg-keys.schema.json');
const MANIFEST = path.join(root, 'package.json');
const TEXTS = path.join(root, 'package.nls.json');
const SETTING = 'stiggKeys.diagnostics.rules';
const TEXT = 'config.diagnostics.rules';

type Json = Record<string, unknown>;
interface Manifest {
  contributes: { configuration: { properties: Record<string, Json> }; jsonValidation: unknown };
}
const read = (file: string): unknown => JSON.parse(readFileSync(file, 'utf8'));
const write = (file: string, value: unknown): void => { writeFileSync(file, `${JSON.stringify(value, null, 2)}\n`); };
const isUpdate = process.env.UPDATE_SETTINGS === '1';

const rules = RULES.map((rule) => ({ id: rule.id, severity: rule.severity, title: rule.describe().title })).sort((a, b) => a.id.localeCompare(b.id));
const byRule = (make: (rule: (typeof rules)[number]) => unknown): Json => Object.fromEntries(rules.map((rule) => [rule.id, make(rule)]));

it('the schema of settings files lists the rules', () => {
  const schema = read(SCHEMA) as { definitions: Json };
  const wanted = byRule(({ title, severity }) => ({ $ref: '#/definitions/level', description: `${title}. Usually: ${severity}.` }));
  if (isUpdate) write(SCHEMA, { ...schema, definitions: { ...schema.definitions, rules: { ...(schema.definitions.rules as Json), properties: wanted } } });
  else expect((schema.definitions.rules as Json).properties).toEqual(wanted);
  expect((schema.definitions.level as Json).enum).toEqual(RULE_LEVELS);
});

it('so does the setting of VS Code', () => {
  const manifest = read(MANIFEST) as Manifest;
  const texts = read(TEXTS) as Record<string, string>;
  const { properties } = manifest.contributes.configuration;
  const setting = properties[SETTING];
  const wanted = byRule(({ id }) => ({
    type: 'string', enum: RULE_LEVELS, enumDescriptions: RULE_LEVELS.map((level) => `%${TEXT}.${level}%`), description: `%${TEXT}.rule.${id}%`,
  }));
  const prefix = `${TEXT}.rule.`;
  const wantedTexts = Object.fromEntries(rules.map(({ id, title }) => [`${prefix}${id}`, title]));
  const ownTexts = Object.fromEntries(Object.entries(texts).filter(([key]) => key.startsWith(prefix)));
  if (isUpdate) {
    properties[SETTING] = { ...setting, properties: wanted };
    write(MANIFEST, manifest);
    write(TEXTS, { ...Object.fromEntries(Object.entries(texts).filter(([key]) => !key.startsWith(prefix))), ...wantedTexts });
    return;
  }
  expect(setting?.properties).toEqual(wanted);
  expect(ownTexts).toEqual(wantedTexts);
});

it('every text that the manifest refers to exists', () => {
  const texts = read(TEXTS) as Record<string, string>;
  for (const [, key = ''] of readFileSync(MANIFEST, 'utf8').matchAll(/"%([\w.-]+)%"/g)) expect(texts[key], key).toBeTypeOf('string');
});

it('settings files are validated by the schema that is shipped', () => {
  expect((read(MANIFEST) as Manifest).contributes.jsonValidation).toEqual([{ fileMatch: '.stigg-keys.json', url: './media/stigg-keys.schema.json' }]);
  expect(readFileSync(path.join(root, '.vscodeignore'), 'utf8').split(/\r?\n/)).toContain('!media/stigg-keys.schema.json');
});
