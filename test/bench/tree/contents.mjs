// @ts-check
// The contents of made-up files, one maker for each kind: real enough for a parser and for a search, and different in every file.
import { action, camel, kebab, noun, pascal, sentence, snake, verb } from './words.mjs';

/** @typedef {import('./random.mjs').Random} Random */
/** @typedef {(random: Random, size: number) => string | Buffer} Maker makes about so many bytes, never many more than a tenth above */

/**
 * A text of parts: the first ones once, then as many of the others as fit.
 * @param {string} head @param {(random: Random, index: number) => string} part @param {string} [tail] @returns {Maker}
 */
const parts = (head, part, tail = '') => (random, size) => {
  const pieces = [head.replaceAll('NAME', pascal(random)).replaceAll('word', noun(random))];
  let length = head.length + tail.length;
  // Half a part too few as often as half a part too many.
  for (let index = 0, last = 0; length + last / 2 < size; index++) {
    const piece = part(random, index);
    pieces.push(piece);
    last = piece.length;
    length += last;
  }
  return pieces.join('') + tail;
};

/** @type {((random: Random) => string)[]} */
const ECMASCRIPT = [
  (random) => {
    const [name, first, second] = [action(random), camel(random), camel(random)];
    return `/** ${sentence(random)} */\nexport async function ${name}(${first}, ${second}) {\n  const ${noun(random)}s = await this.${noun(random)}.${verb(random)}({ ${first}, limit: ${random.below(500)} });\n  if (!${first}) throw new Error('${sentence(random)}');\n  return ${second}.filter((each) => each.${noun(random)} !== ${first}.${noun(random)});\n}\n\n`;
  },
  (random) => `  // ${sentence(random)}\nconst ${camel(random)}${random.below(100)} = new Map([['${kebab(random)}', ${random.below(9000)}], ['${kebab(random)}', '${random.uuid()}']]);\n\n`,
  (random) => `describe('${kebab(random)}', () => {\n  it('${verb(random)}s the ${noun(random)} of a ${noun(random)}', async () => {\n    const ${camel(random)}1 = { id: '${noun(random)}-${random.hex(8)}', ${noun(random)}: ${random.below(100)}, ${camel(random)}: null };\n    expect(await ${action(random)}(${camel(random)})).toEqual({ status: ${random.pick(['200', '201', '404'])}, ${noun(random)}: '${sentence(random)}' });\n  });\n});\n\n`,
  (random) => `export class ${pascal(random)} {\n  #${noun(random)} = [];\n\n  ${action(random)}(${noun(random)}, options = {}) {\n    for (const ${noun(random)}Item of this.#${noun(random)}) {\n      if (options.${camel(random)} === ${random.below(2) === 0 ? 'true' : 'undefined'}) continue;\n      this.${noun(random)}?.push({ ...options, ${camel(random)}: \`\${${noun(random)}}/${kebab(random)}\` });\n    }\n    return this;\n  }\n}\n\n`,
];
const COMPONENT = (/** @type {Random} */ random) => {
  const name = pascal(random);
  return `export function ${name}({ ${noun(random)}, ${camel(random)}, children }) {\n  const [${noun(random)}State, set${name}] = useState(${random.below(10)});\n  // ${sentence(random)}\n  return (\n    <section className="${kebab(random)} ${kebab(random)}" aria-label="${sentence(random)}">\n      <h2>{t('${noun(random)}.${camel(random)}')}</h2>\n      {${noun(random)}State > ${random.below(5)} && <Button variant="${noun(random)}" onClick={() => ${action(random)}(${camel(random)})}>{children}</Button>}\n    </section>\n  );\n}\n\n`;
};
const pythonPart = (/** @type {Random} */ random) => `def ${verb(random)}_${snake(random)}(self, ${noun(random)}: str, ${snake(random)}: int = ${random.below(100)}) -> dict:\n    """${sentence(random)}"""\n    ${snake(random)} = [${noun(random)}_item for ${noun(random)}_item in self.${snake(random)} if ${noun(random)}_item.${noun(random)} > ${random.below(9)}]\n    if not ${snake(random)}:\n        raise ValueError(f"${sentence(random)}")\n    return {"${noun(random)}": ${snake(random)}, "${snake(random)}": "${random.hex(12)}"}\n\n\n`;
const goPart = (/** @type {Random} */ random) => {
  const name = pascal(random);
  return `// ${name} ${sentence(random)}\nfunc (s *Service) ${name}(ctx context.Context, ${camel(random)} string) (*${pascal(random)}, error) {\n\t${noun(random)}Row, err := s.${noun(random)}.Find(ctx, "${kebab(random)}", ${random.below(999)})\n\tif err != nil {\n\t\treturn nil, fmt.Errorf("${noun(random)} ${noun(random)}: %w", err)\n\t}\n\ts.log.Info("${sentence(random)}", "id", "${random.hex(10)}")\n\treturn ${noun(random)}Row, nil\n}\n\n`;
};
const javaPart = (/** @type {Random} */ random) => `    /** ${sentence(random)} */\n    public ${pascal(random)} ${action(random)}(final String ${camel(random)}, final List<${pascal(random)}> ${camel(random)}) {\n        LOGGER.debug("${sentence(random)}");\n        if (${camel(random)}.isEmpty()) {\n            throw new IllegalStateException("${noun(random)} " + ${camel(random)} + " is ${noun(random)}");\n        }\n        return ${noun(random)}Repository.${action(random)}(${camel(random)}, ${random.below(1000)}L);\n    }\n\n`;
const prose = (/** @type {Random} */ random, /** @type {number} */ index) => (index % 5 === 0 ? `\n## ${pascal(random)} ${noun(random)}\n\n` : index % 7 === 3 ? `\n\`\`\`sh\nnpm run ${noun(random)} -- --${kebab(random)} ${random.below(90)}\n\`\`\`\n` : `${sentence(random)} ${sentence(random)} See [${noun(random)}](https://${noun(random)}.example.com/${kebab(random)}).\n`);
const lockEntry = (/** @type {Random} */ random) => {
  const name = `${kebab(random)}${random.below(99)}`;
  return `    "node_modules/${name}": {\n      "version": "${random.below(20)}.${random.below(30)}.${random.below(9)}",\n      "resolved": "https://registry.npmjs.org/${name}/-/${name}.tgz",\n      "integrity": "sha512-${random.base64(86)}==",\n      "license": "MIT",\n      "engines": { "node": ">=${14 + 2 * random.below(4)}" }\n    },\n`;
};
const record = (/** @type {Random} */ random) => `  {\n    "id": "${random.uuid()}",\n    "${camel(random)}": "${sentence(random)}",\n    "${noun(random)}": { "${camel(random)}": ${random.below(100000)}, "url": "https://cdn.example.com/${random.hex(16)}.png", "enabled": ${random.chance(0.5) ? 'true' : 'false'} },\n    "createdAt": "2024-0${1 + random.below(9)}-1${random.below(10)}T0${random.below(10)}:00:00.000Z"\n  },\n`;
const minified = (/** @type {Random} */ random) => {
  const [name, other] = [random.hex(2).replace(/^\d/, 'a'), random.hex(1).replace(/^\d/, 'n')];
  return `function ${name}(e,t,n){var r=e.${noun(random)},o=t[${random.below(99)}];return"${kebab(random)}"===r?n(${random.below(9999)}).${action(random)}(o):${other}({${noun(random)}:!${random.below(2)},${camel(random)}:function(e){return void 0===e?null:e.${camel(random)}}})}`;
};
const mapping = (/** @type {Random} */ random) => `${random.pick(['AAAA', 'IAAM', 'QACX', 'CAAC'])},${random.pick(['SAAS', 'GAAG', 'EAAE', 'kBAAkB'])},${random.base64(4 + random.below(3)).replace(/[^A-Za-z]/g, 'A')}${random.chance(0.15) ? ';' : ','}`;
/** Bytes that no text has, with the beginning that tells the kind. @param {readonly number[]} magic @returns {Maker} */
const binary = (magic) => (random, size) => Buffer.concat([Buffer.from([...magic, 0, 0, 0, 13]), random.bytes(Math.max(0, Math.round(size) - magic.length - 4))]);

/** @type {Readonly<Record<string, Maker>>} */
export const MAKERS = {
  ts: parts("import { NAME } from './word.js';\nimport type { Options } from '../types.js';\n\n", (random) => random.pick(ECMASCRIPT)(random)),
  tsx: parts("import { useState } from 'react';\nimport { Button } from '../ui/button';\n\n", (random, index) => (index % 3 === 2 ? random.pick(ECMASCRIPT)(random) : COMPONENT(random))),
  js: parts("'use strict';\n\nconst { NAME } = require('./word');\n\n", (random) => random.pick(ECMASCRIPT)(random).replace(/^export /gm, '')),
  py: parts('"""NAME of the word."""\nfrom __future__ import annotations\n\nimport os\nimport logging\n\nlogger = logging.getLogger(__name__)\n\n\n', pythonPart),
  go: parts('package word\n\nimport (\n\t"context"\n\t"fmt"\n)\n\n', goPart),
  java: parts('package com.example.word;\n\nimport java.util.List;\n\npublic class NAME {\n', javaPart, '}\n'),
  md: parts('# NAME\n\n', prose),
  json: parts('[\n', record, '  {}\n]\n'),
  yaml: parts('name: word\non:\n  push:\njobs:\n', (random) => `  ${kebab(random)}-${random.below(999)}:\n    runs-on: ubuntu-latest\n    env:\n      ${snake(random).toUpperCase()}: '${random.below(99)}'\n    steps:\n      - name: ${sentence(random)}\n        run: npm run ${noun(random)}\n`),
  css: parts('', (random) => `.${kebab(random)} .${noun(random)} {\n  color: #${random.hex(6)};\n  margin: ${random.below(40)}px;\n  background: url("/${noun(random)}/${kebab(random)}.svg");\n}\n\n`),
  html: parts('<!doctype html>\n<html lang="en">\n<head><title>NAME</title></head>\n<body>\n', (random) => `<div class="${kebab(random)}"><p>${sentence(random)}</p><a href="/${kebab(random)}">${noun(random)}</a></div>\n`, '</body>\n</html>\n'),
  sh: parts('#!/usr/bin/env bash\nset -euo pipefail\n\n', (random) => `# ${sentence(random)}\n${snake(random).toUpperCase()}="\${${snake(random).toUpperCase()}:-${noun(random)}}"\ncurl -fsS "https://${noun(random)}.example.com/${kebab(random)}" -o "/tmp/${noun(random)}.json"\n`),
  sql: parts('BEGIN;\n', (random) => `INSERT INTO ${snake(random)}s (id, ${noun(random)}, hash) VALUES ('${random.uuid()}', '${sentence(random)}', '${random.hex(40)}');\n`, 'COMMIT;\n'),
  snap: parts('// Snapshot v1\n\n', (random, index) => `exports[\`${kebab(random)} ${index}\`] = \`\n<div\n  class="${kebab(random)}"\n  data-id="${random.hex(10)}"\n>\n  ${sentence(random)}\n</div>\n\`;\n\n`),
  svg: parts('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24">', (random) => `<path d="M${random.below(24)} ${random.below(24)}c${random.below(9)}.${random.below(99)}-${random.below(9)} ${random.below(9)} ${random.below(9)}z" fill="#${random.hex(6)}"/>`, '</svg>\n'),
  csv: parts('id,name,amount,created\n', (random) => `${random.uuid()},${kebab(random)},${random.below(100000)},2024-03-1${random.below(10)}\n`),
  minified: parts('"use strict";!function(){', minified, '}();\n'),
  map: parts('{"version":3,"file":"index.js","sources":["word.ts"],"names":[],"mappings":"', mapping, '"}\n'),
  lock: parts('{\n  "name": "word",\n  "lockfileVersion": 3,\n  "requires": true,\n  "packages": {\n', lockEntry, '    "": {}\n  }\n}\n'),
  png: binary([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
  jpg: binary([0xff, 0xd8, 0xff, 0xe0]),
  woff2: binary([0x77, 0x4f, 0x46, 0x32]),
  pdf: binary([0x25, 0x50, 0x44, 0x46, 0x2d, 0x31, 0x2e, 0x37]),
  wasm: binary([0x00, 0x61, 0x73, 0x6d, 0x01]),
};
