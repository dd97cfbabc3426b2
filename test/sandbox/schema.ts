import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { buildSchema, GraphQLError, GraphQLScalarType, type GraphQLSchema } from 'graphql';

/** The text of the schema. Found from wherever this runs: as source, or bundled into another folder of the repository. */
export function readSchemaText(): string {
  const starts = [import.meta.dirname, process.cwd()].filter((start) => typeof start === 'string');
  for (const start of starts) {
    for (let folder = start; ; folder = path.dirname(folder)) {
      const found = [path.join(folder, 'schema.graphql'), path.join(folder, 'test', 'sandbox', 'schema.graphql')].find((file) => existsSync(file));
      if (found !== undefined) return readFileSync(found, 'utf8');
      if (folder === path.dirname(folder)) break;
    }
  }
  throw new Error('test/sandbox/schema.graphql is not to be found');
}

/** The executable schema, whose scalars refuse what they do not stand for. */
export function loadSchema(): GraphQLSchema {
  const schema = buildSchema(readSchemaText());
  scalar(schema, 'UUID', (value) => typeof value === 'string' && /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(value));
  const dateTime = scalar(schema, 'DateTime', (value) => typeof value === 'string' && /^\d{4}-\d{2}-\d{2}T/.test(value) && !Number.isNaN(Date.parse(value)));
  dateTime.serialize = (value) => (value instanceof Date ? value.toISOString() : value);
  return schema;
}

function scalar(schema: GraphQLSchema, name: string, accepts: (value: unknown) => boolean): GraphQLScalarType {
  const type = schema.getType(name);
  if (!(type instanceof GraphQLScalarType)) throw new Error(`The schema has no scalar ${name}`);
  type.parseValue = (value) => {
    if (!accepts(value)) throw new GraphQLError(`${name} cannot represent this value`, { extensions: { code: 'BadUserInput' } });
    return value;
  };
  return type;
}
