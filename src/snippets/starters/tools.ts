import type { SnippetParts } from '../snippet.js';
import type { Starter } from './starter.js';

const tool = { side: 'tool', status: 'current' } as const;
const SECRET: SnippetParts[number] = { stop: 1, text: 'stigg-api-keys' };

const compose: Starter = {
  ...tool, id: 'sidecar-compose', surface: 'sidecar', title: 'Sidecar: Docker Compose', install: 'docker compose up', languageIds: ['yaml', 'dockercompose'],
  evidence: ['doc: public.ecr.aws/stigg/sidecar:<tag>, port 80, SERVER_API_KEY required', 'own knowledge: ${NAME:?} makes Compose fail where the variable is unset'],
  write: ({ serverVariable }) => {
    // The variable of the shell or of a secret store: a value here would be in the repository.
    const service: SnippetParts = ['stigg-sidecar:\n  image: public.ecr.aws/stigg/sidecar:', { stop: 1, text: 'latest' }, `\n  environment:\n    SERVER_API_KEY: \${${serverVariable}:?}\n  ports:\n    - "80:80"`];
    return { parts: service, head: [], file: ['services:\n  ', ...service.map((part) => (typeof part === 'string' ? part.replaceAll('\n', '\n  ') : part)), '\n'] };
  },
};

const helm: Starter = {
  ...tool, id: 'sidecar-helm', surface: 'sidecar', title: 'Sidecar: Helm values', install: 'stiggio/stigg-helm-charts', languageIds: ['yaml', 'helm'],
  evidence: ['sdk: apiKeysSecretName names a secret with the entry stigg_server_api_key and wins over serverApiKey, which would be plain text (stiggio/stigg-helm-charts)'],
  write: () => {
    const parts: SnippetParts = ['# A secret with the entry stigg_server_api_key. As a subchart, below `stigg-chart:`.\napiKeysSecretName: ', SECRET];
    return { parts, head: [], file: [...parts, '\n'] };
  },
};

const secret: Starter = {
  ...tool, id: 'sidecar-secret', surface: 'sidecar', title: 'Sidecar: Kubernetes secret (kubectl)', install: 'kubectl', languageIds: ['shellscript'],
  evidence: ['sdk: the chart reads the entry stigg_server_api_key', 'own knowledge: --from-file with standard input keeps the value out of the process list'],
  write: ({ serverVariable }) => {
    const parts: SnippetParts = [`printf %s "$${serverVariable}" | kubectl create secret generic `, SECRET, ' --from-file=stigg_server_api_key=/dev/stdin'];
    return { parts, head: [], file: [...parts, '\n'] };
  },
};

const cli: Starter = {
  ...tool, id: 'cli', surface: 'cli', title: 'Stigg CLI', install: 'brew install stiggio/tools/stigg', languageIds: ['shellscript'],
  evidence: ['readme: stigg v1:customers list; STIGG_API_KEY is read, so that the key need not be an argument'],
  write: ({ serverVariable }) => {
    const parts: SnippetParts = [`${serverVariable === 'STIGG_API_KEY' ? '' : `STIGG_API_KEY="$${serverVariable}" `}stigg `, { stop: 1, text: 'v1:customers list' }];
    return { parts, head: [], file: [...parts, '\n'] };
  },
};

const mcp: Starter = {
  ...tool, id: 'mcp', surface: 'mcp', title: 'Stigg MCP server (.vscode/mcp.json)', install: 'https://mcp.stigg.io', languageIds: ['jsonc', 'json'],
  evidence: ['doc: https://mcp.stigg.io with the header X-API-KEY', 'own knowledge: VS Code asks for ${input:…} once and keeps what is a password in its secret storage'],
  write: () => {
    const parts: SnippetParts = [
      '{\n  "inputs": [\n    { "type": "promptString", "id": "stigg-key", "description": "Stigg API key, scoped to what an agent may do", "password": true }\n  ],\n  "servers": {\n    "stigg": { "type": "http", "url": "https://mcp.stigg.io", "headers": { "X-API-KEY": "${input:stigg-key}" } }\n  }\n}',
    ];
    return { parts, head: [], file: [...parts, '\n'] };
  },
};

export const TOOLS: readonly Starter[] = [compose, helm, secret, cli, mcp];
