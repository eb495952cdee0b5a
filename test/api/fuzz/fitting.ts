import fc from 'fast-check';
import type { Schema } from './document';

/** What the house has, by the names under which the document asks for it. */
export type Known = Readonly<Record<string, readonly unknown[]>>;

/** What fits a schema as the document states it; what the house has is named more often than not. */
export function fitting(schema: Schema, known: Known, name = ''): fc.Arbitrary<unknown> {
  const there = (known[name] ?? []).filter((value) => hasType(schema, value));
  const any = anyOf(schema, known, name);
  if (there.length === 0) return any;
  return fc.oneof({ weight: 3, arbitrary: fc.constantFrom(...there) }, { weight: 1, arbitrary: any });
}

function hasType({ type, anyOf: choices }: Schema, value: unknown): boolean {
  if (choices !== undefined) return choices.some((choice) => hasType(choice, value));
  if (typeof value === 'number') return type === 'integer' || type === 'number';
  if (typeof value === 'string') return type === 'string';
  return type === 'object';
}

function anyOf(schema: Schema, known: Known, name: string): fc.Arbitrary<unknown> {
  if (schema.enum !== undefined) return fc.constantFrom(...schema.enum);
  if ('const' in schema) return fc.constant(schema.const);
  const choices = schema.anyOf ?? schema.oneOf;
  if (choices !== undefined) return fc.oneof(...choices.map((choice) => fitting(choice, known, name)));
  // Each part narrows the same text.
  if (schema.allOf !== undefined) return anyOf(Object.assign({}, ...schema.allOf), known, name);
  if (Array.isArray(schema.type))
    return fc.oneof(...schema.type.map((type) => anyOf({ ...schema, type }, known, name)));
  switch (schema.type) {
    case 'string':
      return text(schema);
    case 'integer':
    case 'number':
      return number(schema);
    case 'boolean':
      return fc.boolean();
    case 'null':
      return fc.constant(null);
    case 'array':
      return array(schema, known, name);
    case 'object':
      return object(schema, known);
    default:
      return fc.jsonValue();
  }
}

const YEAR_2020 = new Date('2020-01-01T00:00:00Z');
const YEAR_2030 = new Date('2030-01-01T00:00:00Z');
const LONGEST = 40;

function text({ format, pattern, minLength = 0, maxLength = LONGEST }: Schema): fc.Arbitrary<string> {
  const moment = fc.date({ min: YEAR_2020, max: YEAR_2030, noInvalidDate: true }).map((d) => d.toISOString());
  if (format === 'date-time') return moment;
  if (format === 'date') return moment.map((iso) => iso.slice(0, 10));
  if (format === 'email') return fc.constantFrom('kim@example.com', 'a+b@example.co.kr');
  if (pattern !== undefined) return fc.stringMatching(new RegExp(pattern, 'u'), { size: 'xsmall' });
  const most = Math.max(minLength, Math.min(maxLength, LONGEST));
  return fc.string({ minLength, maxLength: most, unit: 'grapheme' });
}

function number({ minimum, maximum, exclusiveMinimum }: Schema): fc.Arbitrary<number> {
  const min = exclusiveMinimum === undefined ? (minimum ?? Number.MIN_SAFE_INTEGER) : exclusiveMinimum + 1;
  const max = maximum ?? Number.MAX_SAFE_INTEGER;
  const least = Math.max(min, 0);
  return fc.oneof(
    { weight: 3, arbitrary: fc.integer({ min: least, max: Math.min(max, least + 5) }) },
    { weight: 1, arbitrary: fc.maxSafeInteger().map((n) => Math.min(max, Math.max(min, n))) },
  );
}

const MOST_ITEMS = 3;

function array(schema: Schema, known: Known, name: string): fc.Arbitrary<unknown> {
  const { items = {}, minItems = 0, maxItems = MOST_ITEMS } = schema;
  const maxLength = Math.max(minItems, Math.min(maxItems, MOST_ITEMS));
  return fc.array(fitting(items, known, name), { minLength: minItems, maxLength });
}

function object(schema: Schema, known: Known): fc.Arbitrary<unknown> {
  const { properties, required = [], additionalProperties, propertyNames = { type: 'string' } } = schema;
  if (properties === undefined && typeof additionalProperties === 'object')
    return fc.dictionary(fitting(propertyNames, known).map(String), fitting(additionalProperties, known), {
      maxKeys: MOST_ITEMS,
    });
  const fields = Object.entries(properties ?? {}).map(
    ([name, field]) => [name, fitting(field, known, name)] as const,
  );
  return fc.record(Object.fromEntries(fields), { requiredKeys: [...required] });
}
