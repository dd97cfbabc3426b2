import { describe, expect, test } from 'vitest';
import { curlDrafts } from '../../../src/runRequest/shell.js';
import { only, shownDraft, type ShownDraft } from './support.js';

const U = 'https://api.stigg.io/api/v1/customers';
const JSON_TYPE = 'Content-Type: application/json';
const FORM = 'Content-Type: application/x-www-form-urlencoded';

const READ: readonly (readonly [string, string, Partial<ShownDraft>])[] = [
  ['the form of the documentation', `curl -X GET "${U}" \\\n  -H "X-API-KEY: $STIGG_SERVER_API_KEY"`, { method: 'GET', url: U, headers: ['X-API-KEY: <KEY>'], body: undefined, problems: [] }],
  ['with braces, single quotes and CRLF', `curl -X POST '${U}' \\\r\n  -H "X-API-KEY: \${STIGG_SERVER_API_KEY}" \\\r\n  -H 'Content-Type: application/json' \\\r\n  -d '{"id":"c"}'\r\n`, { method: 'POST', url: U, headers: ['X-API-KEY: <KEY>', JSON_TYPE], body: '{"id":"c"}' }],
  ['a default for the variable', `curl ${U} -H "x-api-key: \${STIGG_API_KEY:-none}"`, { headers: ['x-api-key: <KEY>'] }],
  ['a message for the variable', `curl ${U} -H "x-api-key: \${STIGG_API_KEY:?set it}"`, { headers: ['x-api-key: <KEY>'] }],
  ['data makes it a POST, with the type that curl gives it', `curl ${U} -d a=1 -d b=2`, { method: 'POST', headers: [FORM], body: 'a=1&b=2' }],
  ['--json', `curl ${U} --json '{"a":' --json '1}'`, { method: 'POST', headers: [JSON_TYPE, 'Accept: application/json'], body: '{"a":1}' }],
  ['--json and a type of its own', `curl ${U} --json '{}' -H 'content-type: application/x+json'`, { headers: ['content-type: application/x+json', 'Accept: application/json'] }],
  ['--data-raw takes @ as it is not a file here', `curl ${U} --data-binary '{}' -XPUT`, { method: 'PUT', body: '{}' }],
  ['-G', `curl -G ${U} -d limit=2 --data-urlencode 'createdAt[gte]=2026-01-01T00:00:00Z' --data-urlencode 'a b'`, { method: 'GET', url: `${U}?limit=2&createdAt[gte]=2026-01-01T00%3A00%3A00Z&a%20b`, body: undefined, headers: [] }],
  ['-G behind a query', `curl -G '${U}?a=1' -d b=2`, { url: `${U}?a=1&b=2` }],
  ['--url-query', `curl ${U} --url-query limit=2 --url-query '+x=%20'`, { url: `${U}?limit=2&x=%20` }],
  ['--url', `curl --request DELETE --url ${U}/c`, { method: 'DELETE', url: `${U}/c` }],
  ['-I', `curl -I ${U}`, { method: 'HEAD' }],
  ['short options in one word', `curl -sSfLX POST -d{} -HX-API-KEY:$STIGG_API_KEY ${U}`, { method: 'POST', body: '{}', headers: ['X-API-KEY: <KEY>', FORM] }],
  ['what curl prints and how is of no matter', `curl --silent --max-time 10 -w '%{http_code}' --retry 3 --compressed ${U}`, { url: U, problems: [] }],
  ['its own variables', `curl --variable %STIGG_SERVER_API_KEY --expand-header "X-API-KEY: {{STIGG_SERVER_API_KEY}}" ${U}`, { headers: ['X-API-KEY: <KEY>'], problems: [] }],
  ['its own variables elsewhere', `curl --variable id=c-1 --expand-url '${U}/{{id}}' --variable %OTHER --expand-data '{{OTHER}}{{id:b64}}'`, { url: `${U}/c-1`, body: '<?{{OTHER}}><?{{id:b64}}>' }],
  ['the header from a file descriptor', `curl ${U} -H @/dev/fd/3 3<<<"X-API-KEY: $STIGG_SERVER_API_KEY"`, { headers: ['X-API-KEY: <KEY>'], problems: [] }],
  ['the header from the standard input', `curl -H @- ${U} <<EOF\nX-API-KEY: $STIGG_SERVER_API_KEY\nEOF\n`, { headers: ['X-API-KEY: <KEY>'], problems: [] }],
  ['the header from a command, which is not run', `curl -H @<(printf 'X-API-KEY: %s' "$STIGG_SERVER_API_KEY") ${U}`, { headers: ['X-API-KEY: <KEY>'], problems: [] }],
  ['a here-document', `curl ${U} --json @- <<'EOF'\n{"a": "$HOME"}\nEOF\necho`, { body: '{"a": "$HOME"}\n', problems: [] }],
  ['a here-document with variables', `ID=c\ncurl ${U} --json @- <<-EOF\n\t{"id": "$ID", "x": "$X"}\n\tEOF\n`, { body: '{"id": "c", "x": "<?$X>"}\n' }],
  ['variables of the script', `BASE='https://api.stigg.io'\nexport ID="c 1"\ncurl "$BASE/api/v1/customers/\${ID}"`, { url: 'https://api.stigg.io/api/v1/customers/c 1' }],
  ['assignments of nothing, and of the first word alone', `A= x\nB=;C=1\nD=y\\\nz w\ncurl ${U}/$A-$B-$D`, { url: `${U}/--yz` }],
  ['the last assignment before it', `ID=a\nID=b\ncurl ${U}/$ID\nID=c`, { url: `${U}/b` }],
  ['an assignment from a command', `ID=$(uuidgen)\ncurl ${U}/$ID`, { url: `${U}/<?$(uuidgen)>` }],
  ['an unknown variable', `curl ${U}/$ID`, { url: `${U}/<?$ID>` }],
  ['a substitution with quotes and brackets in it', `curl ${U}/$(echo ")" '(' "$(date)")?x=1`, { url: `${U}/<?$(echo ")" '(' "$(date)")>?x=1` }],
  ['backquotes', `curl "${U}/\`date\`"`, { url: `${U}/<?\`date\`>` }],
  ['an operator on a variable', `curl ${U}/\${ID%%x}`, { url: `${U}/<?\${ID%%x}>` }],
  ['quotes side by side, as in JSON with a variable', `curl ${U} --json '{"id":"'"$STIGG_ID"'"}'`, { body: '{"id":"<?$STIGG_ID>"}' }],
  ['escapes', `curl "${U}?a=\\"\\$\\\\&b=\\x" -d $'a\\n\\'b'`, { url: `${U}?a="$\\&b=\\x`, body: "a\n'b" }],
  ['a command behind it', `curl ${U} && echo done`, { url: U, problems: [] }],
  ['a comment behind it', `curl ${U} # all of them`, { url: U, problems: [] }],
  ['within a substitution', `ALL=$(curl -s "${U}")`, { url: U, problems: [] }],
  ['what makes JSON readable', `curl -s ${U} | jq .\n`, { url: U, problems: [] }],
  ['errors that go nowhere', `curl ${U} 2>/dev/null`, { url: U, problems: [] }],
  ['a header that is left out', `curl ${U} -H 'Accept:' -H 'X-Empty;'`, { headers: [] }],
  ['--oauth2-bearer', `curl ${U} --oauth2-bearer $STIGG_API_KEY`, { headers: ['Authorization: Bearer <KEY>'] }],
  ['a prompt before it', `$ curl ${U}`, { url: U }],
];

const REFUSED: readonly (readonly [string, string, RegExp])[] = [
  ['a pipe', `curl ${U} | sh`, /piped into another command/],
  ['a filter', `curl ${U} | jq -r '.data[].id' | xargs rm`, /piped/],
  ['a body from a file', `curl ${U} -d @body.json`, /body comes from a file \(@body\.json\)/],
  ['a field from a file', `curl ${U} --data-urlencode name@file`, /body comes from a file/],
  ['headers from a file', `curl ${U} -H @headers.txt`, /Headers come from a file/],
  ['an answer to a file', `curl ${U} > out.json`, /A file is read or written \(out\.json\)/],
  ['a form', `curl ${U} -F a=@b`, /option -F of curl is not understood/],
  ['a configuration', `curl --config x ${U}`, /option --config/],
  ['a proxy', `curl -x http://localhost:1 ${U}`, /option -x/],
  ['another address for the host', `curl --resolve api.stigg.io:443:127.0.0.1 ${U}`, /option --resolve/],
  ['a connection to another host', `curl --connect-to ::elsewhere.example: ${U}`, /option --connect-to/],
  ['a user name', `curl -u a:b ${U}`, /option -u/],
  ['cookies', `curl -b a=b ${U}`, /option -b/],
  ['several addresses', `curl ${U} ${U}`, /several requests/],
  ['no address', 'curl -X GET', /names no address/],
  ['an open quote', `curl ${U} -d '{"a":1`, /never closed/],
  ['an open substitution', `curl ${U}/$(date`, /never closed/],
  ['an option without its value', `curl ${U} -H`, /lacks its value/],
  ['a header without a colon', `curl ${U} -H nonsense`, /no colon/],
];

describe('curl as a person writes it', () => {
  test.each(READ)('%s', (_name, text, expected) => {
    expect(shownDraft(only(curlDrafts(text)))).toMatchObject(expected);
  });

  test.each(REFUSED)('cannot be run: %s', (_name, text, words) => {
    expect(only(curlDrafts(text)).problems.join(' ')).toMatch(words);
  });

  test.each([
    ['a comment', `# curl ${U}`],
    ['a comment behind a command', `date # curl ${U}`],
    ['a word in a sentence', `We use curl for ${U}.`],
    ['a part of a name', `my-curl ${U}\n./curl ${U}\nlibcurl ${U}`],
    ['a text that is printed', `echo "curl ${U}"`],
    ['a body that mentions it', `date -d '\n'`],
  ])('is not seen in %s', (_name, text) => {
    expect(curlDrafts(text)).toEqual([]);
  });

  test('a document with several of them, and where each is', () => {
    const text = `#!/bin/sh\nset -e\ncurl ${U} \\\n  -s\nif curl -f ${U}/a; then echo; fi\nX=1 curl ${U}/b -d 'curl ${U}/c'\n`;
    const drafts = curlDrafts(text);
    expect(drafts.map(({ start, end }) => text.slice(start, end))).toEqual([`curl ${U} \\\n  -s`, `curl -f ${U}/a`, `curl ${U}/b -d 'curl ${U}/c'`]);
  });
});
