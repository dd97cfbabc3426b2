import { head, type HeadLine } from '../customerToken/code.js';
import { plainFile, type Starter } from './starter.js';

const FUTURE = /^from __future__ /;
/** `import os`, alone or among others, but no part of it. */
const OS = head('import os', (text) => text.split('\n').some((line) => line.startsWith('import ') && line.slice('import '.length).split(',').some((part) => part.trim() === 'os')));
const fromStigg = (module: string, ...names: readonly string[]): HeadLine => head(
  `from ${module} import ${names.join(', ')}`,
  (text) => text.split('\n').some((line) => line.startsWith(`from ${module} import `) && names.every((name) => line.slice(`from ${module} import `.length).split(',').some((part) => part.trim() === name))),
);
const python = { side: 'server', languageIds: ['python'], before: FUTURE } as const;

const PYTHON: readonly Starter[] = [
  {
    ...python, id: 'python-rest', surface: 'backendSdk', status: 'current', title: 'Python: stigg (REST)', install: 'pip install stigg',
    evidence: ['sdk: Stigg(api_key=…), AsyncStigg; its default host is edge.api.stigg.io'],
    write: ({ serverVariable }) => plainFile([OS, fromStigg('stigg', 'Stigg')], [`stigg = Stigg(api_key=os.environ["${serverVariable}"])`]),
  },
  {
    ...python, id: 'python-graphql', surface: 'backendSdk', status: 'older', title: 'Python: stigg-api-client (GraphQL)', install: 'pip install stigg-api-client-v2',
    evidence: ['readme: Stigg.create_client(api_key) of a module with the same name as that of the REST package'],
    write: ({ serverVariable }) => plainFile([OS, fromStigg('stigg', 'Stigg')], [`stigg = Stigg.create_client(os.environ["${serverVariable}"])`]),
  },
  {
    ...python, id: 'python-sidecar', surface: 'sidecar', status: 'current', title: 'Python: stigg-sidecar-sdk', install: 'pip install stigg-sidecar-sdk',
    evidence: ['readme: Stigg(ApiConfig(api_key=…), remote_sidecar_host=…, remote_sidecar_port=80)', 'doc: the container listens on 80 since 3.0.0, on 8443 before'],
    write: ({ serverVariable }) => plainFile([OS, fromStigg('stigg_sidecar_sdk', 'ApiConfig', 'Stigg')], [
      `stigg = Stigg(\n    ApiConfig(api_key=os.environ["${serverVariable}"]),\n    remote_sidecar_host="`, { stop: 1, text: 'localhost' }, '",\n    remote_sidecar_port=', { stop: 2, text: '80' }, ',\n)',
    ]),
  },
];

const ruby = { side: 'server', languageIds: ['ruby'] } as const;
const REQUIRE = head('require "stigg"', /\brequire[ (]{1,2}["']stigg["']/);
const REQUIRE_SIDECAR = head('require "stigg_sidecar_sdk"', /\brequire[ (]{1,2}["']stigg_sidecar_sdk["']/);

const RUBY: readonly Starter[] = [
  {
    ...ruby, id: 'ruby-rest', surface: 'backendSdk', status: 'current', title: 'Ruby: stigg (REST)', install: 'bundle add stigg',
    evidence: ['sdk: Stigg::Client.new(api_key:); its default host is edge.api.stigg.io'],
    write: ({ serverVariable }) => plainFile([REQUIRE], [`stigg = Stigg::Client.new(api_key: ENV.fetch("${serverVariable}"))`]),
  },
  {
    ...ruby, id: 'ruby-graphql', surface: 'backendSdk', status: 'older', title: 'Ruby: stigg-api-client (GraphQL)', install: 'bundle add stigg-api-client',
    evidence: ['readme: Stigg.create_client(api_key), the key by position'],
    write: ({ serverVariable }) => plainFile([REQUIRE], [`stigg = Stigg.create_client(ENV.fetch("${serverVariable}"))`]),
  },
  {
    ...ruby, id: 'ruby-sidecar', surface: 'sidecar', status: 'current', title: 'Ruby: stigg-sidecar-sdk', install: 'bundle add stigg-sidecar-sdk',
    evidence: ['readme: Stigg::Sidecar.create_client(Stigg::Sidecar::ApiConfig.new(api_key), remote_sidecar_host:, remote_sidecar_port:)', 'doc: the container listens on 80 since 3.0.0, on 8443 before'],
    write: ({ serverVariable }) => plainFile([REQUIRE_SIDECAR], [
      `stigg = Stigg::Sidecar.create_client(\n  Stigg::Sidecar::ApiConfig.new(ENV.fetch("${serverVariable}")),\n  remote_sidecar_host: "`, { stop: 1, text: 'localhost' }, '",\n  remote_sidecar_port: ', { stop: 2, text: '80' }, '\n)',
    ]),
  },
];

export const SCRIPTING: readonly Starter[] = [...PYTHON, ...RUBY];
