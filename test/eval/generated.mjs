// The generated part of the corpus: every kind of value in the ordinary places of every language.

/** @typedef {import('./corpus.mjs').Project} Project */

/**
 * One place of one language: `text` with the value to stand at `$$$`. `mark` is the rule that a server key is reported by there,
 * on the value's line. @typedef {{ readonly path: string, readonly text: string, readonly rule: string, readonly dependencies?: readonly string[] }} Place
 */

const HARD = 'hardcoded-server-key';
const FRONT = 'server-key-in-frontend';

/** @type {readonly Place[]} */
const PLACES = [
  { path: 'src/client.ts', text: "import Stigg from '@stigg/node-server-sdk';\n\nexport const stigg = Stigg.initialize({\n  apiKey: '$$$',\n});\n", rule: HARD },
  { path: 'src/config.js', text: "module.exports = {\n  stigg: { apiKey: \"$$$\" },\n  port: 3000,\n};\n", rule: HARD },
  { path: 'server/headers.mjs', text: "const headers = new Headers();\nheaders.set('X-API-KEY', `$$$`);\nawait fetch('https://api.stigg.io/api/v1/plans', { headers });\n", rule: HARD },
  { path: 'src/Paywall.tsx', text: "'use client';\nimport { useEffect } from 'react';\n\nexport function Paywall() {\n  useEffect(() => {\n    fetch('https://api.stigg.io/graphql', { headers: { 'X-API-KEY': '$$$' } });\n  }, []);\n  return <div className=\"paywall\" />;\n}\n", rule: FRONT, dependencies: ['next', 'react'] },
  { path: 'src/App.vue', text: "<template>\n  <div>{{ plan }}</div>\n</template>\n\n<script setup lang=\"ts\">\nconst key = '$$$';\nconst plan = await load(key);\n</script>\n", rule: FRONT, dependencies: ['vue', 'vite'] },
  { path: 'src/Plan.svelte', text: "<script>\n  const key = '$$$';\n  export let plan;\n</script>\n\n<p>{plan}</p>\n", rule: FRONT, dependencies: ['svelte', 'vite'] },
  { path: 'src/pages/index.astro', text: "---\nconst key = '$$$';\nconst plans = await load(key);\n---\n<ul>{plans.map((plan) => <li>{plan.name}</li>)}</ul>\n", rule: HARD, dependencies: ['astro'] },
  { path: 'public/index.html', text: "<!doctype html>\n<html>\n<body>\n<script>\n  window.stiggKey = '$$$';\n</script>\n</body>\n</html>\n", rule: FRONT },
  { path: 'billing/client.py', text: 'from stigg import Stigg\n\nclient = Stigg(\n    api_key="$$$",\n)\n', rule: HARD },
  { path: 'billing/rest.py', text: "import requests\n\nHEADERS = {'X-API-KEY': '$$$', 'Content-Type': 'application/json'}\nrequests.get('https://api.stigg.io/api/v1/customers', headers=HEADERS)\n", rule: HARD },
  { path: 'main.go', text: 'package main\n\nimport (\n\t"github.com/stiggio/stigg-go"\n\t"github.com/stiggio/stigg-go/option"\n)\n\nfunc main() {\n\tclient := stigg.NewClient(option.WithAPIKey("$$$"))\n\t_ = client\n}\n', rule: HARD },
  { path: 'lib/billing.rb', text: 'require "stigg"\n\nCLIENT = Stigg::Client.new(\n  api_key: "$$$"\n)\n', rule: HARD },
  { path: 'src/main/java/App.java', text: 'import io.stigg.client.okhttp.StiggOkHttpClient;\n\nclass App {\n  static final String KEY = "$$$";\n  Object client = StiggOkHttpClient.builder().apiKey(KEY).baseUrl("https://api.stigg.io").build();\n}\n', rule: HARD },
  { path: 'src/main/kotlin/App.kt', text: 'import io.stigg.api.client.Stigg\n\nval client = Stigg.createClient(\n    "$$$",\n)\n', rule: HARD },
  { path: 'Billing.cs', text: 'using Stigg.Client;\n\nclass Billing {\n    StiggClient client = new() {\n        ApiKey = "$$$",\n    };\n}\n', rule: HARD },
  { path: 'src/Billing.php', text: "<?php\n$client = new GuzzleHttp\\Client([\n    'headers' => ['X-API-KEY' => '$$$'],\n]);\n", rule: HARD },
  { path: 'src/main.rs', text: 'fn main() {\n    let client = reqwest::blocking::Client::new();\n    let _ = client.get("https://api.stigg.io/api/v1/plans")\n        .header("X-API-KEY", "$$$")\n        .send();\n}\n', rule: HARD },
  { path: 'scripts/sync.sh', text: '#!/bin/sh\ncurl -s https://api.stigg.io/api/v1/customers \\\n  -H "X-API-KEY: $$$"\n', rule: HARD },
  { path: 'scripts/sync.ps1', text: '$headers = @{ "X-API-KEY" = "$$$" }\nInvoke-RestMethod -Uri "https://api.stigg.io/api/v1/plans" -Headers $headers\n', rule: HARD },
  { path: 'config/stigg.json', text: '{\n  "stigg": {\n    "serverApiKey": "$$$"\n  }\n}\n', rule: HARD },
  { path: '.vscode/mcp.json', text: '{\n  "servers": {\n    "stigg": {\n      "url": "https://mcp.stigg.io",\n      "headers": { "X-API-KEY": "$$$" }\n    }\n  }\n}\n', rule: HARD },
  { path: '.cursor/mcp.json', text: '{\n  "mcpServers": {\n    "stigg": {\n      "command": "npx",\n      "args": ["-y", "@stigg/typescript-mcp"],\n      "env": { "STIGG_API_KEY": "$$$" }\n    }\n  }\n}\n', rule: HARD },
  { path: 'deploy/values.yaml', text: 'stigg-chart:\n  serverApiKey: $$$\n', rule: HARD },
  { path: 'docker-compose.yml', text: 'services:\n  sidecar:\n    image: public.ecr.aws/stigg/sidecar:latest\n    environment:\n      SERVER_API_KEY: "$$$"\n', rule: HARD },
  { path: '.github/workflows/deploy.yml', text: 'on: push\njobs:\n  deploy:\n    runs-on: ubuntu-latest\n    env:\n      STIGG_SERVER_API_KEY: $$$\n    steps:\n      - run: npm ci\n', rule: HARD },
  { path: '.gitlab-ci.yml', text: 'deploy:\n  script:\n    - curl -H "X-API-KEY: $$$" https://api.stigg.io/api/v1/plans\n', rule: HARD },
  { path: 'wrangler.toml', text: 'name = "billing"\n\n[vars]\nSTIGG_SERVER_API_KEY = "$$$"\n', rule: HARD },
  { path: 'settings.ini', text: '[stigg]\napi_key = $$$\n', rule: HARD },
  { path: 'src/main/resources/application.properties', text: 'server.port=8080\nstigg.api-key=$$$\n', rule: HARD },
  { path: 'Dockerfile', text: 'FROM node:20\nENV STIGG_SERVER_API_KEY=$$$\nCMD ["node", "server.js"]\n', rule: HARD },
  { path: 'Makefile', text: 'sync:\n\tcurl -H "X-API-KEY: $$$" https://api.stigg.io/api/v1/plans\n', rule: HARD },
  { path: 'main.tf', text: 'resource "kubernetes_secret" "stigg" {\n  data = {\n    STIGG_SERVER_API_KEY = "$$$"\n  }\n}\n', rule: HARD },
  { path: 'requests.http', text: 'GET https://api.stigg.io/api/v1/customers\nX-API-KEY: $$$\n', rule: HARD },
  { path: 'README.md', text: '# Billing\n\n```ts\nconst stigg = Stigg.initialize({ apiKey: "$$$" });\n```\n', rule: HARD },
  { path: 'notes.txt', text: 'The key of the staging environment is $$$ (ask Dana).\n', rule: HARD },
  { path: 'analysis.ipynb', text: '{\n "cells": [\n  {\n   "cell_type": "code",\n   "source": [\n    "from stigg import Stigg\\n",\n    "client = Stigg(api_key=\\"$$$\\")\\n"\n   ],\n   "outputs": [],\n   "metadata": {}\n  }\n ],\n "metadata": { "language_info": { "name": "python" } },\n "nbformat": 4,\n "nbformat_minor": 5\n}\n', rule: HARD },
  { path: '.env.staging', text: 'NODE_ENV=production\nSTIGG_SERVER_API_KEY=$$$\n', rule: 'unprotected-env-file' },
];

/** Values that are no server key, in every place. @type {readonly (readonly [name: string, value: string])[]} */
const HARMLESS = [
  ['publishable', '«client:g»'],
  ['mask', '«mask:g»'],
  ['dots', '«dots:g»'],
  ['crossed', '«crossed:g»'],
  ['zeros', '«zeros:g»'],
  ['angle', '<YOUR-SERVER-API-KEY>'],
  ['word', 'server-side-key'],
  ['uuid', '«uuid:g»'],
];
/** Less often: each in every fourth place. @type {readonly (readonly [name: string, value: string])[]} */
const RARE = [
  ['prefix', 'observer-«uuid:g»:«uuid:h»'],
  ['longer', 'dns-«serverId:g»:«uuid:h»'],
  ['hash', '«hex:g»«hex:h»'],
  ['empty', ''],
];

/** Rules that rightly speak of the place whatever the value, such as a frontend SDK's missing token, do not occur in these texts. @returns {Project[]} */
export function generated() {
  return PLACES.flatMap((place, index) => {
    const name = place.path.replace(/\W+/g, '-');
    const project = (/** @type {string} */ kind, /** @type {string} */ value, /** @type {boolean} */ isBad) => ({ name: `${name}-${kind}`, files: files(place, value, isBad) });
    return [
      project('server', '«server:g»', true),
      ...HARMLESS.filter(([kind]) => !(kind === 'publishable' && isBackendInit(place))).map(([kind, value]) => project(kind, value, false)),
      ...RARE.filter((_, at) => at === index % RARE.length).map(([kind, value]) => project(kind, value, false)),
    ];
  });
}

/** There a publishable key is a mistake of its own. @param {Place} place */
function isBackendInit({ text }) {
  return /Stigg\.initialize|Stigg\(|WithAPIKey|Stigg::Client|\.apiKey\(|createClient|StiggClient/.test(text);
}

/** @param {Place} place @param {string} value @param {boolean} isBad */
function files({ path, text, rule, dependencies }, value, isBad) {
  const lines = text.split('\n').map((line) => (line.includes('$$$') ? line.replace('$$$', () => value) + (isBad ? ` «!${rule}»` : '') : line));
  const manifest = dependencies === undefined ? [] : [{ path: 'package.json', text: JSON.stringify({ name: 'app', dependencies: Object.fromEntries(dependencies.map((name) => [name, '*'])) }) }];
  return [{ path, text: lines.join('\n') }, ...manifest];
}
