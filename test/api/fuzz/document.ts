import { z } from 'zod';
import { ROLES, type Role } from '../../../domain/role';

/** A JSON Schema, as the document has them. */
export interface Schema {
  readonly type?: string | readonly string[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: boolean | Schema;
  readonly propertyNames?: Schema;
  readonly items?: Schema;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly allOf?: readonly Schema[];
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly format?: string;
  readonly pattern?: string;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly exclusiveMinimum?: number;
}

type Content = Readonly<Record<string, { readonly schema: Schema }>>;

interface Described {
  readonly description?: string;
  readonly security?: readonly unknown[];
  readonly parameters?: readonly {
    readonly in: 'path' | 'query';
    readonly name: string;
    readonly required?: boolean;
    readonly schema: Schema;
  }[];
  readonly requestBody?: { readonly content: Content };
  readonly responses: Readonly<Record<string, { readonly content?: Content }>>;
}

export interface Document {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Described>>>>;
}

/** One thing that the document says the API does. */
export interface Operation {
  readonly id: string;
  readonly method: string;
  readonly path: string;
  /** The least that may; null: anyone. */
  readonly role: Role | null;
  readonly parameters: NonNullable<Described['parameters']>;
  readonly body: { readonly type: string; readonly schema: Schema } | undefined;
  readonly responses: Described['responses'];
}

export function operationsOf({ paths }: Document): Operation[] {
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([name, described]) => {
      const method = name.toUpperCase();
      const [body] = Object.entries(described.requestBody?.content ?? {});
      return {
        id: `${method} ${path}`,
        method,
        path,
        role: roleOf(described),
        parameters: described.parameters ?? [],
        body: body === undefined ? undefined : { type: body[0], schema: body[1].schema },
        responses: described.responses,
      };
    }),
  );
}

function roleOf({ description = '', security }: Described): Role | null {
  const role = ROLES.find((one) => description === `Needs the role ${one}.`);
  if ((role === undefined) !== (security === undefined)) throw new Error(`Who may? ${description}`);
  return role ?? null;
}

/** What is wrong with an answer by what the document declares; undefined: nothing. */
export function misfitOf(
  { responses }: Operation,
  answer: { readonly status: number; readonly type: string | undefined; readonly text: string },
): string | undefined {
  const { status, type = 'none', text } = answer;
  const declared = responses[String(status)] ?? responses[`${Math.floor(status / 100)}XX`];
  if (declared === undefined) return `the status ${status} is not declared`;
  const media = type.split(';')[0] ?? '';
  const content = declared.content?.[media];
  if (content === undefined) return `the content type ${type} is not declared for ${status}`;
  if (!media.endsWith('json')) return undefined;
  const fits = validatorOf(content.schema).safeParse(JSON.parse(text));
  return fits.success ? undefined : z.prettifyError(fits.error);
}

const validators = new WeakMap<Schema, z.ZodType>();

function validatorOf(schema: Schema): z.ZodType {
  const known = validators.get(schema);
  if (known !== undefined) return known;
  const made = z.fromJSONSchema(schema as Parameters<typeof z.fromJSONSchema>[0]);
  validators.set(schema, made);
  return made;
}
