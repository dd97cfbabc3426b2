import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Engine } from '../../../../src/scan/engine.js';
import { legacyKey, preparedEngine, serverKey } from '../support.js';
import { factsOf, repair } from './repair.js';

let engine: Engine;
beforeAll(async () => {
  engine = await preparedEngine();
});
afterAll(() => {
  engine.dispose();
});

const K = serverKey();
const L = legacyKey();
const E = 'os.Getenv("STIGG_SERVER_API_KEY")';
const HEAD = 'package billing\n\nimport "os"\n\n';

describe('a server key is replaced by the look-up', () => {
  test.each([
    ['whole', `${HEAD}var key = "${K}"\n`, `${HEAD}var key = ${E}\n`],
    ['raw string', `${HEAD}var key = \`${K}\`\n`, `${HEAD}var key = ${E}\n`],
    ['part', `${HEAD}var h = "Bearer ${K}"\n`, `${HEAD}var h = "Bearer " + ${E}\n`],
    ['part of a raw string', `${HEAD}var h = \`{"key": "${K}"}\`\n`, `${HEAD}var h = \`{"key": "\` + ${E} + \`"}\`\n`],
    ['part that is cut', `${HEAD}var h = "Bearer ${K}"[7:]\n`, `${HEAD}var h = ("Bearer " + ${E})[7:]\n`],
    ['header', `${HEAD}func f() {\n\treq.Header.Set("X-API-KEY", "${K}")\n}\n`, `${HEAD}func f() {\n\treq.Header.Set("X-API-KEY", ${E})\n}\n`],
    ['legacy header', `${HEAD}// Stigg\nfunc f() {\n\treq.Header.Set("X-API-KEY", "${L}")\n}\n`, `${HEAD}// Stigg\nfunc f() {\n\treq.Header.Set("X-API-KEY", ${E})\n}\n`],
    ['legacy header in a map', `${HEAD}var stigg = http.Header{"X-API-KEY": []string{"${L}"}}\n`, `${HEAD}var stigg = http.Header{"X-API-KEY": []string{${E}}}\n`],
    ['constant', `${HEAD}const key = "${K}"\n`, `${HEAD}var key = ${E}\n`],
    ['typed constant in a group of one, CRLF', `package a\r\n\r\nimport "os"\r\n\r\nconst (\r\n\tkey string = "${K}"\r\n)\r\n`, `package a\r\n\r\nimport "os"\r\n\r\nvar (\r\n\tkey string = ${E}\r\n)\r\n`],
    ['constant among others', `${HEAD}const (\n\ta = "a"\n\tkey = "${K}"\n)\n`, undefined],
    ['constant of which another is made', `${HEAD}const key = "${K}"\nconst header = "Bearer " + key\n`, undefined],
    ['constant of a type', `${HEAD}const key APIKey = "${K}"\n`, undefined],
    ['variable of a type', `${HEAD}var key APIKey = "${K}"\n`, undefined],
    ['tag of a field', `${HEAD}type t struct {\n\tA string \`x:"${K}"\`\n}\n`, undefined],
    ['comment', `package a // ${K}\n`, 'package a // <STIGG_SERVER_API_KEY>\n'],
    ['adds an import', `package a\n\nvar key = "${K}"\n`, `package a\n\nimport "os"\n\nvar key = ${E}\n`],
    ['adds it to one, CRLF', `package a\r\nimport "fmt"\r\nvar key = "${K}"\r\n`, `package a\r\nimport "fmt"\r\nimport "os"\r\nvar key = ${E}\r\n`],
    ['adds it to a group', `package a\n\nimport (\n\t"fmt"\n\t"net/http"\n\t"strings"\n\n\t"github.com/a/b"\n)\n\nvar key = "${K}"\n`, `package a\n\nimport (\n\t"fmt"\n\t"net/http"\n\t"os"\n\t"strings"\n\n\t"github.com/a/b"\n)\n\nvar key = ${E}\n`],
    ['adds it before a group', `package a\n\nimport (\n\t"github.com/a/b"\n)\n\nvar key = "${K}"\n`, `package a\n\nimport (\n\t"os"\n\n\t"github.com/a/b"\n)\n\nvar key = ${E}\n`],
    ['imported under another name', `package a\n\nimport sys "os"\n\nvar key = "${K}"\n`, `package a\n\nimport sys "os"\nimport "os"\n\nvar key = ${E}\n`],
    ['client', `${HEAD}import (\n\t"github.com/stiggio/stigg-go"\n\t"github.com/stiggio/stigg-go/option"\n)\n\nvar c = stigg.NewClient(option.WithAPIKey("${L}"))\n`, `${HEAD}import (\n\t"github.com/stiggio/stigg-go"\n\t"github.com/stiggio/stigg-go/option"\n)\n\nvar c = stigg.NewClient(option.WithAPIKey(${E}))\n`],
    ['old client, through a constant', `${HEAD}import s "github.com/stiggio/api-client-go/v6"\n\nconst k = "${L}"\n\nvar c = s.NewStiggClient(k, nil, nil)\n`, `${HEAD}import s "github.com/stiggio/api-client-go/v6"\n\nvar k = ${E}\n\nvar c = s.NewStiggClient(k, nil, nil)\n`],
    ['old client, in its own package', `package stigg\n\nimport "os"\n\nvar c = NewStiggClient("${L}", nil, nil)\n`, `package stigg\n\nimport "os"\n\nvar c = NewStiggClient(${E}, nil, nil)\n`],
    ['old client, in a snippet', `apiKey := "${L}"\nclient := stigg.NewStiggClient(apiKey, nil, nil)\n`, `apiKey := ${E}\nclient := stigg.NewStiggClient(apiKey, nil, nil)\n`],
    ['old client, imported into the file', `${HEAD}import . "github.com/stiggio/api-client-go/v3"\n\nvar c = NewStiggClient("${L}", nil, nil)\n`, `${HEAD}import . "github.com/stiggio/api-client-go/v3"\n\nvar c = NewStiggClient(${E}, nil, nil)\n`],
    ['option in a list', `${HEAD}import "github.com/stiggio/stigg-go/option"\n\nconst k = "${L}"\n\nvar o = []option.RequestOption{option.WithAPIKey(k)}\n`, `${HEAD}import "github.com/stiggio/stigg-go/option"\n\nvar k = ${E}\n\nvar o = []option.RequestOption{option.WithAPIKey(k)}\n`],
    ['sidecar', `${HEAD}import sidecar "github.com/stiggio/sidecar-sdk-go/v7"\n\nvar c = sidecar.ApiClientConfig{ApiKey: "${L}"}\n`, `${HEAD}import sidecar "github.com/stiggio/sidecar-sdk-go/v7"\n\nvar c = sidecar.ApiClientConfig{ApiKey: ${E}}\n`],
    ['broken code around', `${HEAD}func f() {\n\tg("${K}"\n`, `${HEAD}func f() {\n\tg(${E}\n`],
  ])('%s', async (_, before, after) => {
    expect((await repair(engine, 'billing/client.go', before)).fixed).toBe(after);
  });
});

test('facts', async () => {
  const { definitions, reads, inits, texts } = await factsOf('a.go', `package a

import (
	"os"

	"github.com/redis/go-redis/v9"
	"github.com/stiggio/stigg-go"
	"github.com/stiggio/stigg-go/option"
)

var stiggServerKey = os.Getenv("STIGG_SERVER_API_KEY")

const prefix string = "server-"
const key = prefix + "abc" + ":" + \`d\`

func f() {
	stiggKey, ok := os.LookupEnv("STIGG_API_KEY")
	a := stigg.NewClient(option.WithAPIKey(stiggServerKey), option.WithBaseURL("u"))
	b := stigg.NewClient()
	c := redis.NewClient(nil)
	d := stigg.NewClient(options...)
	e := []option.RequestOption{option.WithAPIKey(stiggServerKey), other.WithAPIKey(ok)}
	NewStiggClient(key)
}
`);
  expect(definitions.map(({ name, isEnvironment }) => [name, isEnvironment])).toEqual([['stiggServerKey', false]]);
  expect(reads.map(({ variable }) => variable)).toEqual(['STIGG_SERVER_API_KEY', 'STIGG_API_KEY']);
  expect(inits).toHaveLength(4);
  expect(inits[0]).toMatchObject({ module: 'github.com/stiggio/stigg-go', side: 'backend', key: { variable: 'STIGG_SERVER_API_KEY' }, isOpen: false });
  expect([...(inits[0]?.arguments.keys() ?? [])]).toEqual(['option.WithAPIKey', 'option.WithBaseURL']);
  expect(inits[1]).toMatchObject({ key: undefined, isOpen: false });
  expect(inits[2]).toMatchObject({ isOpen: true });
  expect(inits[3]).toMatchObject({ module: 'github.com/stiggio/stigg-go', key: { variable: 'STIGG_SERVER_API_KEY' } });
  expect(texts.map(({ value }) => value)).toContain('server-abc:d');
});
