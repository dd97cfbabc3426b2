import { describe, expect, test } from 'vitest';
import { parsed } from './repair.js';

/** `name=value`, with `!` before the name of what is no environment variable. */
async function definitions(path: string, text: string): Promise<string[]> {
  return parsed(path, text, (source, language) => Array.from(language.definitions(source), ({ name, nameSpan, valueSpan, isEnvironment }) => {
    expect(text.slice(nameSpan.start, nameSpan.end).replaceAll('\\', '')).toBe(name.replaceAll('\\', ''));
    return `${isEnvironment ? '' : '!'}${name}${valueSpan === undefined ? '' : `=${text.slice(valueSpan.start, valueSpan.end)}`}`;
  }));
}

async function reads(path: string, text: string): Promise<[string, string][]> {
  return parsed(path, text, (source, language) => Array.from(language.variableReads(source), ({ variable, start, end, nameSpan }): [string, string] => {
    expect(text.slice(nameSpan.start, nameSpan.end)).toBe(variable);
    return [variable, text.slice(start, end)];
  }));
}

describe('definitions', () => {
  test.each<[string, string, string, string[]]>([
    ['dotenv', '.env', '\uFEFFA=1\n export B = "two # 2" # c\r\n# C=3\nD=\'x\'\nE=\nF: 6\nG=a b # c\nH-I=1\nno assignment\n', ['A=1', 'B=two # 2', 'D=x', 'E', 'F=6', 'G=a b', 'H-I=1']],
    ['dotenv, several lines', '.env.local', 'A="one\nB=2\n"\nC=3\n', ['A=one\nB=2\n', 'C=3']],
    ['dotenv, quote never closed', '.env', 'A="one\nB=2\n', ['A="one', 'B=2']],
    ['INI', 'a.ini', '[s]\na = 1\nb b: "2"\n; c=3\n', ['!a=1', '!b b=2']],
    ['properties', 'a.properties', 'a.b=c=d\n! x=1\n', ['!a.b=c=d']],
    ['Dockerfile', 'Dockerfile', 'FROM x\nARG A\nARG B=1 C="2 3"\nENV D e f\nENV G=h\\ i \\\n  # c=1\n  J=\'k\'\nRUN L=1\n', ['A', 'B=1', 'C=2 3', 'D=e f', 'G=h\\ i', 'J=k']],
    ['Makefile', 'Makefile', 'A := 1 # c\nexport B ?= 2\nall: C = 3\nall: b\n\tD=4 x\nE != date\n# F = 1\nifeq ($(A),1)\nG ::= 7\nendif\n', ['A=1', 'B=2', 'C=3', 'E=date', 'G=7']],
    ['request', 'a.http', '@a = 1\nGET x\nB: 2\n', ['!a=1']],
    ['JSON', 'vercel.json', '{"a": 1, "env": {"B": "x\\"y", "C": {"D": true}}, "build": {"env": {"E": ""}}}', ['!a=1', '!env', 'B=x\\"y', 'C', '!D=true', '!build', '!env', 'E=']],
    ['JSON with comments and errors', 'a.jsonc', '{ // "x": 1\n a: \'b\', "c" "d": "e", /* "f": 2 */ "g": ["h", {"i": "j"}],, }}} "k": "l"', ['!a=b', '!d=e', '!g', '!i=j', '!k=l']],
    ['JSON name and value', 'task.json', '{"environment": [{"name": "A", "value": "1"}, {"value": "2", "name": "B"}, {"name": "C"}]}', ['!environment', 'A=1', 'B=2']],
    ['TOML', 'wrangler.toml', 'name = "w" # c\n[vars]\nA = "1"\n"B" = 2\nc.d = \'\'\'x\'\'\'\nE = """\nF = 1\n"""\n[[env]]\nG = { h = 1 }\n[build.environment]\nI = "j"\n# K = 1\n', ['!name=w', 'A=1', 'B=2', '!d=x', 'E', 'G', 'I=j']],
    ['Terraform', 'a.tf', 'a = "b"\nresource "x" "y" {\n  environment {\n    variables = {\n      C = "d"\n      "E" : var.f # g\n    }\n  }\n  h = <<EOT\nI = 1\nEOT\n  j = "k" // l\n}\n# m = 1\n', ['!a=b', 'variables', 'C=d', 'E=var.f', '!h', '!j=k']],
    ['YAML', 'a.yaml', 'a: 1\nb:\n  "c": \'d\' # e\n  f: |\n    g: 1\n\n    h: 2\n  i: {j: k}\nl:\n- m: "n"\n  o: p\n- q\n---\nr: &x s\nt: !!str u\nurl: http://v:1\n', ['!a=1', '!b', '!c=d', '!f=    g: 1\n\n    h: 2', '!i', '!l', '!m=n', '!o=p', '!r=s', '!t=u', '!url=http://v:1']],
    ['Compose', 'compose.yaml', 'services:\n  a:\n    environment:\n      A: 1\n      B:\n  b:\n    environment:\n    - C=2\n    - "D=3"\n    - E\n    command: F=1\n', ['!services', '!a', '!environment', 'A=1', 'B', '!b', '!environment', 'C=2', 'D=3', '!command=F=1']],
    ['Kubernetes', 'a.yaml', 'containers:\n  - name: x\n    env:\n      - name: A\n        value: "1"\n      - value: 2\n        name: B\n      - name: C\n        valueFrom: {}\n', ['!containers', '!name=x', '!env', 'A=1', 'B=2', 'C']],
    ['workflow, CRLF', '.github/workflows/a.yml', 'env:\r\n  A: 1\r\njobs:\r\n  b:\r\n    steps:\r\n      - run: c\r\n        env: \r\n          D: ${{ secrets.E }}\r\n', ['!env', 'A=1', '!jobs', '!b', '!steps', '!run=c', '!env', 'D=${{ secrets.E }}']],
    ['GitLab', '.gitlab-ci.yml', 'variables:\n  A: 1\n', ['!variables', 'A=1']],
    ['variables elsewhere', 'a.yml', 'variables:\n  A: 1\n', ['!variables', '!A=1']],
    ['Helm template', 'templates/a.yaml', '{{- if .Values.x }}\nenv:\n  {{- range .a }}\n  A: {{ .b }}\n  B: "{{ .c }}"\n{{- end }}\n', ['!env', 'A', 'B={{ .c }}']],
  ])('%s', async (_, path, text, expected) => {
    expect(await definitions(path, text)).toEqual(expected);
  });
});

describe('reads of variables', () => {
  test.each<[string, string, string, [string, string][]]>([
    ['dotenv', '.env', 'A=$B\nC="x${D}y${E:-z}"\nF=\'$G\'\nH=\\$I # $J\nK=$$L\n', [['B', '$B'], ['D', '${D}'], ['E', '${E:-z}']]],
    ['Compose', 'compose.yaml', 'a: ${B:?c} # ${D}\ne: $${F}\ng: $H\n', [['B', '${B:?c}'], ['H', '$H']]],
    ['YAML that is only data', 'a.yaml', 'a: ${B}\n', []],
    ['workflow', '.github/workflows/a.yml', 'a: ${{ secrets.B }}-${{vars.C}} # ${{ env.D }}\nb: ${{ github.sha }} $E\n', [['B', '${{ secrets.B }}'], ['C', '${{vars.C}}']]],
    ['Azure', 'azure-pipelines.yml', 'a: $(B)\n', [['B', '$(B)']]],
    ['Dockerfile', 'Dockerfile', 'ARG A\nENV B=$A C=${D:-x}\nRUN echo $E\nCMD ["$F"]\n', [['A', '$A'], ['D', '${D:-x}'], ['F', '$F']]],
    ['Makefile', 'Makefile', 'A = $(B) ${C} $$(D) $E\nx: $(F)\n\techo $(G)\n', [['B', '$(B)'], ['C', '${C}'], ['F', '$(F)']]],
    ['Terraform', 'a.tf', 'a = var.b\nc = "${var.d}" # var.e\nf = my_var.g\n', [['b', 'var.b'], ['d', 'var.d']]],
    ['Terraform values', 'a.tfvars', 'a = var.b\n', []],
    ['MCP', '.vscode/mcp.json', '{"servers":{"a":{"env":{"B":"${env:C}","D":"${input:e}"}}}}', [['C', '${env:C}']]],
    ['MCP, Claude Code', '.mcp.json', '{"mcpServers":{"a":{"env":{"B":"${C:-d}"}}}}', [['C', '${C:-d}']]],
    ['JSON that is only data', 'a.json', '{"a":"${B}"}', []],
    ['request', 'a.http', 'GET x\nA: {{$processEnv B}} {{c}} {{$dotenv %D}}\n# {{$processEnv E}}\n', [['B', '{{$processEnv B}}'], ['D', '{{$dotenv %D}}']]],
    ['Spring', 'src/main/resources/application.properties', 'a=${B:c}\n# ${D}\n', [['B', '${B:c}']]],
  ])('%s', async (_, path, text, expected) => {
    expect(await reads(path, text)).toEqual(expected);
  });
});
