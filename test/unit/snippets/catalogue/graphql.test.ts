import { buildSchema, getNamedType, getVariableValues, GraphQLObjectType, Kind, OperationTypeNode, parse, TypeInfo, validate, visit, visitWithTypeInfo } from 'graphql';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { requests } from '../../../../src/snippets/catalogue/index.js';
import { startSandbox, type Sandbox } from '../../../sandbox/index.js';
import { readSchemaText } from '../../../sandbox/schema.js';
import { filled, sampleOf, send, type Json } from './samples.js';

const schema = buildSchema(readSchemaText());
const OPERATIONS = requests().filter(({ surface }) => surface === 'graphql').map((request) => [request.id, request] as const);

test('every field of Query and Mutation that a key may ask for has a request', () => {
  const asked = new Set(OPERATIONS.flatMap(([, { document }]) => parse(document ?? '').definitions.flatMap((definition) => (definition.kind === Kind.OPERATION_DEFINITION ? definition.selectionSet.selections : []))).map((selection) => (selection.kind === Kind.FIELD ? selection.name.value : '')));
  const fields = [OperationTypeNode.QUERY, OperationTypeNode.MUTATION].flatMap((type) => Object.keys(schema.getRootType(type)?.getFields() ?? {}));
  // Describes the person who is signed in to the console: no key can ask for it.
  expect([...asked].sort()).toEqual(fields.filter((name) => name !== 'currentUser').sort());
});

describe.each(OPERATIONS)('%s', (_, { document = '', operationName, body, writes }) => {
  test('is valid by the schema, with its variables', () => {
    const parsed = parse(document);
    expect(validate(schema, parsed)).toEqual([]);
    const operation = parsed.definitions[0];
    if (operation?.kind !== Kind.OPERATION_DEFINITION) throw new Error('not an operation');
    expect(operation.name?.value).toBe(operationName);
    expect(operation.operation === OperationTypeNode.MUTATION).toBe(writes);
    expect(getVariableValues(schema, operation.variableDefinitions ?? [], body === undefined ? {} : (filled(body) as Record<string, unknown>)).errors).toBeUndefined();
    expect(document).toBe(document.trim());
  });

  test('asks for no secret', () => {
    const info = new TypeInfo(schema);
    const secrets: string[] = [];
    visit(parse(document), visitWithTypeInfo(info, {
      Field: ({ name }) => {
        if (getNamedType(info.getParentType()) instanceof GraphQLObjectType && ['token', 'signingToken', 'payload'].includes(name.value)) secrets.push(name.value);
      },
    }));
    expect(secrets).toEqual([]);
  });
});

describe('in the sandbox', () => {
  let sandbox: Sandbox;
  beforeAll(async () => {
    sandbox = await startSandbox();
  });
  afterAll(() => sandbox.close());

  test.each(OPERATIONS)('%s is executed', async (id, request) => {
    const environment = sandbox.environments[0];
    const key = environment?.scoped[0];
    if (environment === undefined || key === undefined) throw new Error('nothing seeded');
    const sample = sampleOf(request);
    // What a person fills in: ids of their own.
    const known = JSON.stringify(sample.body).replaceAll('00000000-0000-4000-8000-000000000001', environment.id).replaceAll('00000000-0000-4000-8000-000000000002', key.id);
    const answer = await send(sandbox.url, environment.fullAccess, { ...sample, body: JSON.parse(known) as Json });
    expect(answer, id).toMatchObject({ status: 200 });
    expect(answer.body.errors).toBeUndefined();
    expect(answer.body.data).toBeTypeOf('object');
  });
});
