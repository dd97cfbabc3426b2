import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';

/** CycloneDX's own schemas (Apache-2.0), as @cyclonedx/cyclonedx-library carries them. */
function schema(name: string): object {
  return JSON.parse(readFileSync(new URL(`../../fixtures/cyclonedx/${name}.schema.json`, import.meta.url), 'utf8')) as object;
}

const validate = new Ajv({ strict: false, validateFormats: false, allErrors: true, schemas: [schema('spdx'), schema('jsf-0.82')] }).compile(schema('bom-1.6'));

/** What CycloneDX's schema has to say against a bill of materials. */
export function sbomErrors(text: string): unknown[] {
  return validate(JSON.parse(text)) ? [] : validate.errors ?? [];
}
