import { describe, expect, test } from 'vitest';
import { languageIdFor } from '../../../../src/scan/languages/index.js';
import { parsed } from './repair.js';

/** The languages and texts of the regions; holds what is true of all of them. */
async function regions(path: string, text: string): Promise<[string, string][]> {
  return parsed(path, text, (source, language) => {
    const found = language.regions(source);
    let last = 0;
    return found.map(({ start, end, languageId, decoded }): [string, string] => {
      expect(start).toBeGreaterThanOrEqual(last);
      expect(end).toBeGreaterThan(start);
      expect(language.embeds(source)).toContain(languageId);
      last = end;
      const inner = decoded?.text ?? text.slice(start, end);
      if (decoded !== undefined) {
        let place = start;
        for (let at = 0; at <= inner.length; at++) {
          expect(decoded.toOuter(at)).toBeGreaterThanOrEqual(place);
          place = decoded.toOuter(at);
        }
        expect(place).toBe(end);
        expect(decoded.toOuter(0)).toBe(start);
      }
      return [languageId, inner];
    });
  });
}

const job = (steps: string, head = '') => `on: push\n${head}jobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:\n${steps}`;
const CI = '.github/workflows/ci.yml';

describe('regions', () => {
  test.each<[string, string, string, [string, string][]]>([
    ['literal step', CI, job('      - run: |\n          a\n\n          b\n      - run: c # d\n'), [['shellscript', '          a\n\n          b'], ['shellscript', 'c']]],
    ['literal step, CRLF', CI, job('      - run: |\n          a\n          b\n').replaceAll('\n', '\r\n'), [['shellscript', '          a\r\n          b']]],
    ['folded step', CI, job('      - run: >-\n          a\n          b\n\n          c\n'), [['shellscript', '          a           b\n\n          c']]],
    ['quoted steps', CI, job('      - run: "a \\"b\\""\n      - run: \'it\'\'s\'\n      - run: \'x\'\n'), [['shellscript', 'a "b"'], ['shellscript', "it's"], ['shellscript', 'x']]],
    ['expressions', CI, job('      - run: a ${{ secrets.B }} ${{github.c}}\n      - run: |\n          d ${{ vars.E }}\n        shell: pwsh\n'), [['shellscript', 'a ${B} ${{github.c}}'], ['powershell', '          d ${env:E}']]],
    ['shells', CI, job('      - run: a\n        shell: pwsh\n      - shell: python\n        run: b\n      - run: c\n        shell: cmd\n      - run: d\n        shell: bash -e {0}\n'), [['powershell', 'a'], ['python', 'b'], ['shellscript', 'd']]],
    ['default shell', CI, job('      - run: a\n', 'defaults:\n  run:\n    shell: pwsh\n'), [['powershell', 'a']]],
    ['Windows', CI, job('      - run: a\n').replace('ubuntu', 'windows'), [['powershell', 'a']]],
    ['script of an action', CI, job('      - uses: actions/github-script@v7\n        with:\n          script: |\n            a()\n      - uses: x/y@v1\n        with:\n          script: b\n'), [['javascript', '            a()']]],
    ['run elsewhere', CI, 'defaults:\n  run:\n    shell: bash\nrun: a\n', []],
    ['composite action', 'a/action.yaml', 'runs:\n  using: composite\n  steps:\n    - run: a\n      shell: bash\n', [['shellscript', 'a']]],
    ['GitLab', '.gitlab-ci.yml', 'a:\n  before_script:\n    - b\n    - |\n      c\n      d\n  script: e\n  image: f\n  after_script:\n  - "g \\"h\\""\n', [['shellscript', 'b'], ['shellscript', '      c\n      d'], ['shellscript', 'e'], ['shellscript', 'g "h"']]],
    ['Azure', 'azure-pipelines.yml', 'steps:\n- script: a\n- bash: |\n    b\n- pwsh: c\n- task: PowerShell@2\n  inputs:\n    script: d\n- task: X@1\n  inputs:\n    script: e\n', [['shellscript', 'a'], ['shellscript', '    b'], ['powershell', 'c'], ['powershell', 'd']]],
    ['CircleCI', '.circleci/config.yml', 'jobs:\n  a:\n    steps:\n      - run: b\n      - run:\n          name: c\n          command: |\n            d\n', [['shellscript', 'b'], ['shellscript', '            d']]],
    ['Taskfile', 'Taskfile.yml', 'tasks:\n  a:\n    cmds:\n      - b\n      - cmd: c\n', [['shellscript', 'b'], ['shellscript', 'c']]],
    ['Compose', 'compose.yaml', 'services:\n  a:\n    command: b\n', []],
    ['Kubernetes', 'a.yaml', 'containers:\n  - command: ["a"]\n    args:\n      - b\n', []],
    ['data', 'a.yaml', 'play:\n  script: The Tempest\n  run: 3 weeks\n', []],
    ['Dockerfile', 'Dockerfile', 'FROM a\nRUN --mount=type=secret,id=x a && \\\n  # c\n  b\nCMD ["a"]\nENTRYPOINT exec c\n', [['shellscript', 'a && \\\n  # c\n  b'], ['shellscript', 'exec c']]],
    ['Dockerfile, CRLF', 'Dockerfile', 'RUN a \\\r\n b\r\nCMD c\r\n', [['shellscript', 'a \\\r\n b'], ['shellscript', 'c']]],
    ['Dockerfile, here-document', 'Dockerfile', 'RUN <<EOF\na\nb\nEOF\nCOPY <<EOF /x\nc\nEOF\nRUN d\n', [['shellscript', 'a\nb\n'], ['shellscript', 'd']]],
    ['Dockerfile for Windows', 'Dockerfile', '# escape=`\nFROM a\nSHELL ["powershell", "-Command"]\nRUN a `\n b\nSHELL ["cmd", "/S"]\nRUN c\n', [['powershell', 'a `\n b']]],
    ['Dockerfile, cut off', 'Dockerfile', 'RUN a \\\n', [['shellscript', 'a \\']]],
    ['Makefile', 'Makefile', 'A = 1\nall: b\n\t@a $$B $(C) $@ \\\n  c\n\t-d\nx:\n\te\n', [['shellscript', '  a $B ${C} $@ \\\n  c\n  d'], ['shellscript', ' e']]],
    ['package scripts', 'package.json', '{"name": "a", "scripts": {"b": "c \\"d\\"", "e": ""}, "config": {"scripts": {"f": "g"}}}', [['shellscript', 'c "d"']]],
    ['scripts elsewhere', 'a.json', '{"scripts": {"b": "c"}}', []],
    ['tasks', '.vscode/tasks.json', '{"tasks": [{"command": "a", "label": "b"}]}', [['shellscript', 'a']]],
    ['request bodies', 'a.http', 'POST https://api.stigg.io/graphql\nA: b\n\n{\n  "a": 1\n}\n\n###\nGET x\n\n###\n{"no": 1}\nPOST y\n\na=b\n{"c": 1}\n', [['json', '{\n  "a": 1\n}']]],
  ])('%s', async (_, path, text, expected) => {
    expect(await regions(path, text)).toEqual(expected);
  });
});

describe('files by their path', () => {
  test.each<[string, string]>([
    ['.env', 'dotenv'], ['a/.env.production.local', 'dotenv'], ['prod.env', 'dotenv'], ['.dev.vars', 'dotenv'], ['.flaskenv', 'dotenv'],
    ['.envrc', 'shellscript'], ['environment.ts', 'typescript'], ['env', 'plaintext'],
    ['a.json', 'json'], ['tsconfig.base.json', 'jsonc'], ['.vscode/mcp.json', 'jsonc'], ['a.code-workspace', 'jsonc'], ['.babelrc', 'jsonc'],
    ['docker-compose.yml', 'yaml'], ['a.YAML', 'yaml'], ['wrangler.toml', 'toml'], ['Pipfile', 'toml'], ['Cargo.lock', 'plaintext'],
    ['a.ini', 'ini'], ['.npmrc', 'ini'], ['a/.editorconfig', 'ini'], ['nginx.conf', 'ini'], ['application.properties', 'properties'],
    ['Dockerfile', 'dockerfile'], ['a/Dockerfile.dev', 'dockerfile'], ['api.Dockerfile', 'dockerfile'], ['Containerfile', 'dockerfile'],
    ['Makefile', 'makefile'], ['GNUmakefile', 'makefile'], ['makefile', 'makefile'], ['a.mk', 'makefile'],
    ['main.tf', 'terraform'], ['prod.tfvars', 'terraform-vars'], ['prod.auto.tfvars', 'terraform-vars'], ['main.tofu', 'terraform'], ['terragrunt.hcl', 'hcl'],
    ['a.http', 'http'], ['a.rest', 'http'],
  ])('%s', (path, languageId) => {
    expect(languageIdFor(path)).toBe(languageId);
  });
});
