import { beforeAll, describe, expect, test } from 'vitest';
import { reader } from './writtenOut.js';

let read: Awaited<ReturnType<typeof reader>>;
beforeAll(async () => {
  read = await reader();
});

const URL = 'https://api.stigg.io/api/v1';

describe('requests of shell scripts', () => {
  test.each<[name: string, script: string, request: string]>([
    ['a URL alone', `curl ${URL}/customers/1`, 'GET rest v1/customers/1 customers.retrieve none'],
    ['a method', `curl -X DELETE ${URL}/customers/1/payment-method`, 'DELETE rest v1/customers/1/payment-method customers.paymentMethod.detach none'],
    ['a long method', `curl --request patch ${URL}/customers/1`, 'PATCH rest v1/customers/1 customers.update none'],
    ['options together', `curl -sSX POST ${URL}/customers/1/archive`, 'POST rest v1/customers/1/archive customers.archive none'],
    ['a glued method', `curl -XPOST ${URL}/customers/1/archive`, 'POST rest v1/customers/1/archive customers.archive none'],
    ['data makes it POST', `curl ${URL}/coupons -d '{}'`, 'POST rest v1/coupons coupons.create text'],
    ['--json', `curl --json '{}' ${URL}/coupons`, 'POST rest v1/coupons coupons.create Content-Type=application/json Accept=application/json json'],
    ['a form', `curl -F file=@x ${URL}/coupons`, 'POST rest v1/coupons coupons.create form'],
    ['-G', `curl -G ${URL}/customers -d limit=500`, 'GET rest v1/customers?limit=500 customers.list none'],
    ['-G with a method of its own', `curl --get --data-urlencode "limit=500" --url ${URL}/customers`, 'GET rest v1/customers?limit=500 customers.list none'],
    ['a header', `curl -H 'X-API-KEY: x' ${URL}/customers`, 'GET rest v1/customers customers.list X-API-KEY=x none'],
    ['a header with a variable', `curl --header "X-API-KEY: $KEY" ${URL}/customers`, 'GET rest v1/customers customers.list X-API-KEY=* none'],
    ['a header in one word', `curl -H"X-API-KEY: $KEY" ${URL}/customers`, 'GET rest v1/customers customers.list X-API-KEY=* none'],
    ['a user', `curl -u "$KEY:" ${URL}/customers`, 'GET rest v1/customers customers.list Authorization=Basic * none'],
    ['a bearer', `curl --oauth2-bearer "$KEY" ${URL}/customers`, 'GET rest v1/customers customers.list Authorization=Bearer * none'],
    ['a file of options', `curl -K ~/.stigg ${URL}/customers -X GET`, 'GET rest v1/customers customers.list open none'],
    ['headers of a file', `curl -H @headers.txt ${URL}/customers -X GET`, 'GET rest v1/customers customers.list open none'],
    ['continued lines', `curl -X POST \\\n  ${URL}/coupons \\\n  -H 'A: b' \\\n  -d '{}'`, 'POST rest v1/coupons coupons.create A=b text'],
    ['continued lines of Windows', `curl -X POST \\\r\n  ${URL}/coupons \\\r\n  -d '{}'\r\n`, 'POST rest v1/coupons coupons.create text'],
    ['a variable for the base', `API=${URL}\ncurl "$API/plans"`, 'GET rest v1/plans plans.list none'],
    ['a default', `curl "\${API:-${URL}}/plans"`, 'GET rest v1/plans plans.list none'],
    ['a name that tells', 'curl "$STIGG_API_URL/api/v1/plans"', 'GET rest v1/plans plans.list none'],
    ['no scheme', 'curl api.stigg.io/api/v1/plans', 'GET rest v1/plans plans.list none'],
    ['a list of headers', `H=(-H "X-API-KEY: $K" -H 'Content-Type: application/json')\ncurl "\${H[@]}" ${URL}/plans`, 'GET rest v1/plans plans.list X-API-KEY=* Content-Type=application/json none'],
    ['a list over lines', `H=(\n  -H "X-API-KEY: $K" # the key\n  -H 'A: b'\n)\nH+=(-H 'C: d')\ncurl "\${H[@]}" ${URL}/plans`, 'GET rest v1/plans plans.list X-API-KEY=* A=b C=d none'],
    ['a list from elsewhere', `curl -X GET "\${HEADERS[@]}" ${URL}/plans`, 'GET rest v1/plans plans.list open none'],
    ['the arguments', `api() { curl "${URL}/plans" -H "X-API-KEY: $K" "$@"; }`, '* rest v1/plans - X-API-KEY=* open none'],
    ['a header in a variable', `AUTH="Authorization: Bearer $K"\ncurl -H "$AUTH" ${URL}/plans`, 'GET rest v1/plans plans.list Authorization=Bearer * none'],
    ['a constant in a variable', `KEY=seed\ncurl -X POST -H "Idempotency-Key: $KEY" ${URL}/coupons -d @body.json`, 'POST rest v1/coupons coupons.create Idempotency-Key=seed text'],
    ['a variable with two values', `KEY=a\nKEY=b\ncurl -X POST -H "Idempotency-Key: $KEY" ${URL}/coupons -d @body.json`, 'POST rest v1/coupons coupons.create Idempotency-Key=* text'],
    ['in a substitution', `id=$(curl -s ${URL}/plans | jq -r .data[0].id)`, 'GET rest v1/plans plans.list none'],
    ['in backticks', `id=\`curl -s ${URL}/plans\``, 'GET rest v1/plans plans.list none'],
    ['behind another program', `xargs -I{} sudo curl -s ${URL}/plans`, 'GET rest v1/plans plans.list none'],
    ['GraphQL', `curl https://api.stigg.io/graphql --json '{"query":"{ x }"}'`, 'POST graphql graphql - Content-Type=application/json Accept=application/json json'],
    ['wget', `wget -q --header="X-API-KEY: $K" ${URL}/plans -O -`, 'GET rest v1/plans plans.list X-API-KEY=* none'],
    ['wget with data', `wget --header 'A: b' --post-data='{}' ${URL}/coupons`, 'POST rest v1/coupons coupons.create A=b text'],
    ['wget with a method', `wget --method=PATCH --body-data='{}' ${URL}/customers/1`, 'PATCH rest v1/customers/1 customers.update text'],
    ['HTTPie', `http POST ${URL}/coupons X-API-KEY:$K id=a`, 'POST rest v1/coupons coupons.create X-API-KEY=* json'],
    ['HTTPie without a method', `https api.stigg.io/api/v1/plans "X-API-KEY:$K" limit==500`, 'GET rest v1/plans?limit=500 plans.list X-API-KEY=* none'],
    ['HTTPie with a user', `http --auth "$K:" ${URL}/plans`, 'GET rest v1/plans plans.list Authorization=Basic * none'],
    ['HTTPie with a form', `http -f POST ${URL}/coupons id=a`, 'POST rest v1/coupons coupons.create form'],
    ['HTTPie with a pipe', `cat x.json | http POST ${URL}/coupons`, 'POST rest v1/coupons coupons.create json'],
    ['xh', `xh ${URL}/coupons id=a amountsOff:='[]'`, 'POST rest v1/coupons coupons.create json'],
  ])('%s', (_, script, request) => {
    expect(read('a.sh', script).requests).toEqual([request]);
  });

  test.each([
    ['another host', "curl -X POST https://api.stripe.com/v1/coupons -d '{}' # not stigg"],
    ['a host that looks like it', 'curl https://api.stigg.io.example.com/api/v1/plans'],
    ['the MCP server', 'curl https://mcp.stigg.io/v1/plans'],
    ['a variable that says nothing', 'curl "$API/api/v1/plans" # stigg'],
    ['a comment', `# curl ${URL}/plans`],
    ['a text', `echo "curl ${URL}/plans"`],
    ['another program', `open ${URL}/plans`],
  ])('none: %s', (_, script) => {
    expect(read('a.sh', script).requests).toEqual([]);
  });

  test('two requests of one command', () => {
    expect(read('a.sh', `curl -X DELETE ${URL}/customers/1/payment-method --next ${URL}/plans`).requests).toHaveLength(2);
  });

  test.each([
    ['a workflow', '.github/workflows/a.yml', `jobs:\n  a:\n    steps:\n      - run: |\n          curl -H "X-API-KEY: \${{ secrets.K }}" ${URL}/plans\n`],
    ['a Makefile', 'Makefile', `plans:\n\tcurl -H "X-API-KEY: $$K" ${URL}/plans\n`],
    ['a Dockerfile', 'Dockerfile', `FROM a\nRUN curl -H "X-API-KEY: $K" ${URL}/plans\n`],
    ['a page', 'README.md', `\`\`\`sh\ncurl -H "X-API-KEY: $K" ${URL}/plans\n\`\`\`\n`],
    ['a package.json', 'package.json', `{ "scripts": { "a": "curl -H \\"X-API-KEY: $K\\" ${URL}/plans" } }`],
  ])('inside of %s', (_, path, text) => {
    expect(read(path, text).requests).toEqual(['GET rest v1/plans plans.list X-API-KEY=* none']);
  });
});

describe('variables of a pipeline', () => {
  const CURL = 'curl "$API/plans"';
  const PLANS = ['GET rest v1/plans plans.list none'];
  test.each<[name: string, path: string, text: string, requests: readonly string[]]>([
    ["GitLab's, of the job", '.gitlab-ci.yml', `a:\n  variables:\n    API: ${URL}\n  script:\n    - ${CURL}\n`, PLANS],
    ["GitLab's, of all jobs", '.gitlab-ci.yml', `variables:\n  API: "${URL}"\na:\n  script:\n    - ${CURL}\n`, PLANS],
    ["GitLab's, of another job", '.gitlab-ci.yml', `a:\n  variables:\n    API: ${URL}\nb:\n  script:\n    - ${CURL}\n`, []],
    ['the nearer one', '.gitlab-ci.yml', `a:\n  variables:\n    API: https://api.example.com\n  script:\n    - ${CURL}\nvariables:\n  API: ${URL}\n`, []],
    ['of a variable', '.gitlab-ci.yml', `variables:\n  API: $HOST/api/v1\n  HOST: https://api.stigg.io\na:\n  script:\n    - ${CURL}\n`, PLANS],
    ['of itself', '.gitlab-ci.yml', `variables:\n  API: $OTHER$API/stigg\n  OTHER: $API\na:\n  script:\n    - ${CURL}\n`, []],
    ['what the script says', '.gitlab-ci.yml', `variables:\n  API: ${URL}\na:\n  script:\n    - |\n      API=https://api.example.com\n      ${CURL}\n`, []],
    ["GitHub's, of the workflow", '.github/workflows/a.yml', `env:\n  API: ${URL}\njobs:\n  a:\n    steps:\n      - run: ${CURL}\n`, PLANS],
    ["GitHub's, of the job", '.github/workflows/a.yml', `jobs:\n  a:\n    env:\n      API: ${URL}\n    steps:\n      - run: ${CURL}\n`, PLANS],
    ["GitHub's, of the step", '.github/workflows/a.yml', `jobs:\n  a:\n    steps:\n      - run: ${CURL}\n        env:\n          API: ${URL}\n      - run: ${CURL.replace('plans', 'addons')}\n`, PLANS],
    ["GitHub's expressions", '.github/workflows/a.yml', `env:\n  HOST: https://api.stigg.io\njobs:\n  a:\n    env:\n      API: \${{ env.HOST }}/api/v1\n    steps:\n      - run: curl \${{ env.API }}/plans\n`, PLANS],
    ["GitHub's, of a service", '.github/workflows/a.yml', `jobs:\n  a:\n    services:\n      b:\n        env:\n          API: ${URL}\n    steps:\n      - run: ${CURL}\n`, []],
    ["CircleCI's", '.circleci/config.yml', `jobs:\n  a:\n    environment:\n      API: ${URL}\n    steps:\n      - run: ${CURL}\n`, PLANS],
    ["CircleCI's, of the step", '.circleci/config.yml', `jobs:\n  a:\n    steps:\n      - run:\n          environment:\n            API: ${URL}\n          command: ${CURL}\n      - run: ${CURL}\n`, PLANS],
  ])('%s', (_, path, text, requests) => {
    expect(read(path, text).requests).toEqual(requests);
  });
});

describe('bodies', () => {
  const send = (data: string): string => `curl ${URL}/coupons ${data}`;
  test.each<[name: string, script: string, money: readonly string[]]>([
    ['single quotes', send(`-d '{"amountsOff":[{"amount":4900,"currency":"usd"}]}'`), ['amountsOff[].amount=4900 USD']],
    ['double quotes', send(`-d "{\\"amountsOff\\":[{\\"amount\\":4900,\\"currency\\":\\"usd\\"}]}"`), ['amountsOff[].amount=4900 USD']],
    ['quotes of C', send(`-d $'{"amountsOff":[{"amount":4900}]}'`), ['amountsOff[].amount=4900']],
    ['a variable', send(`-d "{\\"amountsOff\\":[{\\"amount\\":$price}]}"`), ['amountsOff[].amount=$price']],
    ['a variable that is named as cents', send(`-d "{\\"amountsOff\\":[{\\"amount\\":\${PRICE_CENTS}}]}"`), ['amountsOff[].amount=${PRICE_CENTS} cents:name']],
    ['a variable between quotes', send(`-d '{"amountsOff":[{"amount":'"$cents"',"currency":"usd"}]}'`), ['amountsOff[].amount=$cents USD cents:name']],
    ['arithmetic', send(`-d "{\\"amountsOff\\":[{\\"amount\\":$((price * 100))}]}"`), ['amountsOff[].amount=$((price * 100)) cents:multiplied']],
    ['zeros behind a variable', send(`-d "{\\"amountsOff\\":[{\\"amount\\":\${price}00}]}"`), ['amountsOff[].amount=${price}00 cents:multiplied']],
    ['arithmetic before', `amount=$((price * 100))\n${send(`-d "{\\"amountsOff\\":[{\\"amount\\":$amount}]}"`)}`, ['amountsOff[].amount=$amount cents:multiplied']],
    ['bc before', `amount=$(echo "$price * 100" | bc)\n${send(`-d "{\\"amountsOff\\":[{\\"amount\\":$amount}]}"`)}`, ['amountsOff[].amount=$amount cents:multiplied']],
    ['a member of an answer', `amount=$(stripe prices get x | jq -r .unit_amount)\n${send(`-d "{\\"amountsOff\\":[{\\"amount\\":$amount}]}"`)}`, ['amountsOff[].amount=$amount cents:stripe']],
    ['divided', `amount=$(stripe prices get x | jq '.unit_amount / 100')\n${send(`-d "{\\"amountsOff\\":[{\\"amount\\":$amount}]}"`)}`, ['amountsOff[].amount=$amount']],
    ['a name that lies', `cents=$(awk '{ print $1 / 100 }' f)\n${send(`-d "{\\"amountsOff\\":[{\\"amount\\":$cents}]}"`)}`, ['amountsOff[].amount=$cents']],
    ['a here-document', `${send('-d @-')} <<EOF\n{ "amountsOff": [{ "amount": $PRICE_CENTS }] }\nEOF\n`, ['amountsOff[].amount=$PRICE_CENTS cents:name']],
    ['a here-document as it is', `${send('--data-binary @-')} <<-'EOF' | jq .\n\t{ "amountsOff": [{ "amount": 4900 }] }\n\tEOF\n`, ['amountsOff[].amount=4900']],
    ['a variable with the body', `body='{"amountsOff":[{"amount":4900}]}'\n${send('-d "$body"')}`, ['amountsOff[].amount=4900']],
    ['a here-document in a variable', `body=$(cat <<EOF\n{ "amountsOff": [{ "amount": 4900 }] }\nEOF\n)\n${send('-d "$body"')}`, ['amountsOff[].amount=4900']],
    ['read', `read -r -d '' body <<'EOF' || true\n{ "amountsOff": [{ "amount": 4900 }] }\nEOF\n${send('-d "$body"')}`, ['amountsOff[].amount=4900']],
    ['jq', send(`-d "$(jq -n --argjson p "$PRICE_CENTS" '{amountsOff: [{amount: $p, currency: "usd"}]}')"`), ['amountsOff[].amount=$p USD cents:name']],
    ['arithmetic of jq', send(`-d "$(jq -n --argjson p "$price" '{amountsOff: [{amount: ($p * 100), currency: "usd"}]}')"`), ['amountsOff[].amount=($p * 100) USD cents:multiplied']],
    ['a pipe', `echo '{"amountsOff":[{"amount":4900}]}' | ${send('-d @-')}`, ['amountsOff[].amount=4900']],
    ['a file', send('-d @body.json'), []],
    ['HTTPie', `http POST ${URL}/coupons amountsOff:='[{"amount": 4900, "currency": "usd"}]'`, ['amountsOff[].amount=4900 USD']],
    ['HTTPie, nested', `http POST ${URL}/coupons 'amountsOff[0][amount]:=4900' 'amountsOff[0][currency]=usd'`, ['amountsOff[].amount=4900 USD']],
    ['HTTPie, raw', `http POST ${URL}/coupons --raw '{"amountsOff":[{"amount":4900}]}'`, ['amountsOff[].amount=4900']],
    ['wget', `wget --post-data='{"amountsOff":[{"amount":4900}]}' ${URL}/coupons`, ['amountsOff[].amount=4900']],
    ['credits are no money', `curl ${URL}/credits/grants -d '{"amount":4900,"cost":{"amount":49,"currency":"usd"}}'`, ['cost.amount=49 USD']],
    ['usage is no money', `curl ${URL}/usage -d '{"usages":[{"value":4900}]}'`, []],
    ['GraphQL', `curl https://api.stigg.io/graphql -d '{"query":"…","variables":{"input":{"amountsOff":[{"amount":4900,"currency":"USD"}]}}}'`, ['variables.input.amountsOff[].amount=4900 USD']],
  ])('%s', (_, script, money) => {
    expect(read('a.sh', script).money).toEqual(money);
  });
});

describe('a header more', () => {
  test.each<[name: string, script: string, changed: string | undefined]>([
    ['in one line', `curl ${URL}/coupons -H 'A: b' -d '{}'`, `curl ${URL}/coupons -H 'A: b' -H "Content-Type: application/json" -d '{}'`],
    ['without others', `curl ${URL}/coupons -d '{}'`, `curl ${URL}/coupons -H "Content-Type: application/json" -d '{}'`],
    ['over lines', `curl ${URL}/coupons \\\n    -H 'A: b' \\\n    -d '{}'\n`, `curl ${URL}/coupons \\\n    -H 'A: b' \\\n    -H "Content-Type: application/json" \\\n    -d '{}'\n`],
    ['over lines, without others', `  curl ${URL}/coupons \\\n    -d '{}'\n`, `  curl ${URL}/coupons \\\n    -H "Content-Type: application/json" \\\n    -d '{}'\n`],
    ['with headers of a list', `H=(-H 'A: b')\ncurl "\${H[@]}" ${URL}/coupons -d '{}'`, `H=(-H 'A: b')\ncurl "\${H[@]}" ${URL}/coupons -H "Content-Type: application/json" -d '{}'`],
    ['wget', `wget --post-data='{}' ${URL}/coupons`, `wget --post-data='{}' ${URL}/coupons --header="Content-Type: application/json"`],
    ['HTTPie', `http ${URL}/coupons A:b id=c`, `http ${URL}/coupons A:b "Content-Type:application/json" id=c`],
  ])('%s', (_, script, changed) => {
    expect(read('a.sh', script).withHeader('Content-Type', 'application/json')).toEqual([changed]);
  });

  test('with a value of its own', () => {
    expect(read('a.sh', `curl ${URL}/coupons -d '{}'`).withHeader('Idempotency-Key')).toEqual([`curl ${URL}/coupons -H "Idempotency-Key: $(uuidgen)" -d '{}'`]);
    expect(read('Makefile', `a:\n\tcurl ${URL}/coupons -d '{}'\n`).withHeader('Idempotency-Key')).toEqual([`a:\n\tcurl ${URL}/coupons -H "Idempotency-Key: $$(uuidgen)" -d '{}'\n`]);
  });
});

describe('PowerShell', () => {
  test.each<[name: string, script: string, request: string, money: readonly string[]]>([
    ['a table', `Invoke-RestMethod -Method Post -Uri "${URL}/coupons" -Headers @{ 'X-API-KEY' = $env:K } -ContentType 'application/json' -Body (@{ amountsOff = @(@{ amount = 4900; currency = 'usd' }) } | ConvertTo-Json -Depth 5)`, 'POST rest v1/coupons coupons.create X-API-KEY=* Content-Type=application/json text', ['amountsOff[].amount=4900 USD']],
    ['variables', `$base = '${URL}'\n$headers = @{\n  'X-API-KEY' = $env:K\n  'A' = 'b'\n}\n$body = @{ amountsOff = @(@{ amount = $price * 100 }) } | ConvertTo-Json\nirm "$base/coupons" -Method POST -Headers $headers -Body $body`, 'POST rest v1/coupons coupons.create X-API-KEY=* A=b text', ['amountsOff[].amount=$price * 100 cents:multiplied']],
    ['a splatted table', `$request = @{\n  Uri = '${URL}/coupons'\n  Method = 'Post'\n  Body = '{"amountsOff":[{"amount":4900}]}'\n}\nInvoke-RestMethod @request`, 'POST rest v1/coupons coupons.create text', ['amountsOff[].amount=4900']],
    ['continued lines', `Invoke-WebRequest \`\n  -Uri ${URL}/plans \`\n  -Headers @{ Authorization = "Bearer $key" }`, 'GET rest v1/plans plans.list Authorization=Bearer * none', []],
    ['a here-string', `Invoke-RestMethod ${URL}/coupons -Method Post -Body @"\n{ "amountsOff": [{ "amount": $priceInCents }] }\n"@\n`, 'POST rest v1/coupons coupons.create text', ['amountsOff[].amount=$priceInCents cents:name']],
    ['a form', `Invoke-RestMethod ${URL}/coupons -Method Post -Body @{ id = 'a' }`, 'POST rest v1/coupons coupons.create form', []],
    ['a name that tells', 'Invoke-RestMethod -Uri "$env:STIGG_API_URL/api/v1/plans" -Headers $h', 'GET rest v1/plans plans.list open none', []],
  ])('%s', (_, script, request, money) => {
    const { requests, money: found } = read('a.ps1', script);
    expect(requests).toEqual([request]);
    expect(found).toEqual(money);
  });

  test('none for another host, in comments', () => {
    expect(read('a.ps1', `# Invoke-RestMethod ${URL}/plans\nInvoke-RestMethod https://api.stripe.com/v1/plans`).requests).toEqual([]);
  });

  test('a header more', () => {
    const script = (headers: string): string => `Invoke-RestMethod -Uri '${URL}/coupons' -Method Post${headers}`;
    expect(read('a.ps1', script('')).withHeader('Idempotency-Key')).toEqual([`Invoke-RestMethod -Uri '${URL}/coupons' -Headers @{ 'Idempotency-Key' = (New-Guid).ToString() } -Method Post`]);
    expect(read('a.ps1', script(" -Headers @{ A = 'b' }")).withHeader('C', 'd')).toEqual([script(" -Headers @{ A = 'b'; 'C' = 'd' }")]);
  });
});

test.each([
  ['an open quote', `curl ${URL}/coupons -d '{"amountsOff":[{"amount":4900`],
  ['an open substitution', `curl ${URL}/coupons -d "$(jq -n '{`],
  ['an open here-document', `curl ${URL}/coupons -d @- <<EOF\n{ "amountsOff": [`],
  ['deep nesting', `curl ${URL}/coupons -d '${'['.repeat(50_000)}'`],
  ['deep objects', `curl ${URL}/coupons -d '${'{"a":'.repeat(20_000)}'`],
  ['deep brackets', `curl ${URL}/coupons -d "$((${'('.repeat(20_000)}1"`],
  ['many variables', `${Array.from({ length: 3_000 }, (_, index) => `A${index}="$A${index + 1}"\n`).join('')}curl ${URL}/coupons -d "$A0"`],
  ['a variable of itself', `A="$A/b"\nB="$C"\nC="$B"\ncurl "$A" "$B" ${URL}/plans`],
  ['a list of itself', `A=("\${A[@]}")\ncurl "\${A[@]}" ${URL}/plans`],
])('broken: %s', (_, script) => {
  for (const path of ['a.sh', 'a.ps1', 'a.http', 'a.json', 'a.graphql']) {
    expect(() => read(path, script)).not.toThrow();
    expect(() => read(path, script.replace('curl', 'Invoke-RestMethod').replace(' -d ', ' -Body '))).not.toThrow();
  }
});
