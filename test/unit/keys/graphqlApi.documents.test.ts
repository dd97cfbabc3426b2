import { buildSchema, parse, TypeInfo, validate, visit, visitWithTypeInfo } from 'graphql';
import { expect, test } from 'vitest';
import { OPERATIONS, type Operation } from '../../../src/keys/graphql/documents.js';
import { readSchemaText } from '../../sandbox/schema.js';

const schema = buildSchema(readSchemaText());
const operations = Object.entries<Operation>(OPERATIONS);

test.each(operations)('%s is valid against Stigg’s schema, named, and one operation', (_name, operation) => {
  const document = parse(operation.document);
  expect(validate(schema, document)).toEqual([]);
  expect(document.definitions).toHaveLength(1);
  const [definition] = document.definitions;
  expect(definition).toMatchObject({ kind: 'OperationDefinition', operation: operation.kind, name: { value: operation.name } });
});

test('operation names are unique: the log, the sandbox and the retry rules go by them', () => {
  expect(new Set(operations.map(([, operation]) => operation.name)).size).toBe(operations.length);
});

/** Every `Type.field` that a document selects. */
function selections(operation: Operation): string[] {
  const found: string[] = [];
  const info = new TypeInfo(schema);
  visit(
    parse(operation.document),
    visitWithTypeInfo(info, {
      Field: (node) => {
        found.push(`${info.getParentType()?.name ?? ''}.${node.name.value}`);
      },
    }),
  );
  return found;
}

test('the token is selected by RevealToken alone', () => {
  expect(operations.filter(([, operation]) => selections(operation).includes('ApiKey.token')).map(([name]) => name)).toEqual(['revealToken']);
});

test('nobody selects a signing secret, or what may hold one', () => {
  const secret = /signingToken|serviceApiKey|customerToken|cubejsToken|\.payload|\.request$|EventRequest/;
  expect(operations.flatMap(([, operation]) => selections(operation)).filter((selection) => secret.test(selection))).toEqual([]);
});

test('no aliases and no directives: Stigg limits both', () => {
  for (const [, operation] of operations) {
    visit(parse(operation.document), {
      Field: (node) => {
        expect(node.alias).toBeUndefined();
      },
      Directive: () => {
        throw new Error('directive');
      },
    });
  }
});
