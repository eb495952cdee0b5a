/**
 * As much GraphQL as ShipHero's clients need: one operation with one field at its top, arguments, variables
 * and nested selections. What is selected is checked against what there is, as a schema would.
 */

export interface Field {
  readonly name: string;
  readonly args: Readonly<Record<string, unknown>>;
  readonly fields: readonly Field[];
}

/** What the engine refuses before it runs anything. */
export class RequestError extends Error {
  override readonly name = 'RequestError';
}

/** A value whose content depends on the arguments of its field, as a page of a connection does. */
export type Resolver = (args: Readonly<Record<string, unknown>>) => unknown;

const TOKEN = /[A-Za-z_]\w*|\$[A-Za-z_]\w*|"(?:[^"\\]|\\.)*"|-?\d+(?:\.\d+)?|[{}()[\]:!=]/g;
const LITERALS: Readonly<Record<string, unknown>> = { true: true, false: false, null: null };

/** @throws RequestError */
export function parseOperation(query: string, variables: Readonly<Record<string, unknown>>): Field {
  const reader = new Reader(query.match(TOKEN) ?? [], variables);
  const [field, ...others] = reader.operation();
  if (!field || others.length > 0) throw new RequestError('one field at a time, please');
  return field;
}

class Reader {
  #at = 0;

  constructor(
    private readonly tokens: readonly string[],
    private readonly variables: Readonly<Record<string, unknown>>,
  ) {}

  operation(): Field[] {
    while (this.#at < this.tokens.length && this.tokens[this.#at] !== '{') this.#at += 1;
    const fields = this.#selection();
    if (this.#at < this.tokens.length) throw new RequestError(`unexpected ${this.#next()}`);
    return fields;
  }

  #selection(): Field[] {
    const fields: Field[] = [];
    if (!this.#takes('{')) return fields;
    while (!this.#takes('}')) fields.push(this.#field());
    return fields;
  }

  #field(): Field {
    const name = this.#next();
    if (!/^[A-Za-z_]/.test(name)) throw new RequestError(`unexpected ${name}`);
    return { name, args: this.#takes('(') ? this.#pairs(')') : {}, fields: this.#selection() };
  }

  #pairs(end: string): Record<string, unknown> {
    const pairs: Record<string, unknown> = {};
    while (!this.#takes(end)) {
      const name = this.#next();
      if (!this.#takes(':')) throw new RequestError(`${name} has no value`);
      pairs[name] = this.#value();
    }
    return pairs;
  }

  #value(): unknown {
    if (this.#takes('{')) return this.#pairs('}');
    const token = this.#next();
    if (token.startsWith('$')) return this.variables[token.slice(1)] ?? null;
    if (token in LITERALS) return LITERALS[token];
    return token.startsWith('"') ? token.slice(1, -1) : Number(token);
  }

  #takes(token: string): boolean {
    if (this.tokens[this.#at] !== token) return false;
    this.#at += 1;
    return true;
  }

  #next(): string {
    const token = this.tokens[this.#at];
    if (token === undefined) throw new RequestError('the query ends too early');
    this.#at += 1;
    return token;
  }
}

/**
 * The value as it was asked for.
 *
 * @throws RequestError naming a field that there is not.
 */
export function select(value: unknown, { name, args, fields }: Field): unknown {
  const resolved = typeof value === 'function' ? (value as Resolver)(args) : value;
  if (Array.isArray(resolved)) return resolved.map((one) => select(one, { name, args, fields }));
  if (typeof resolved !== 'object' || resolved === null) {
    if (fields.length > 0 && resolved !== null) throw new RequestError(`Field "${name}" has no subfields.`);
    return resolved;
  }
  if (fields.length === 0) throw new RequestError(`Field "${name}" must have a selection of subfields.`);
  const given = resolved as Readonly<Record<string, unknown>>;
  return Object.fromEntries(
    fields.map((field) => {
      if (!(field.name in given)) throw new RequestError(`Cannot query field "${field.name}" on "${name}".`);
      return [field.name, select(given[field.name], field)];
    }),
  );
}

/** A Relay connection over rows: `first` and `after`, the cursor being the row's place. */
export function connection(rows: readonly unknown[]): Resolver {
  return ({ first, after }) => {
    const start = after === null || after === undefined ? 0 : Number(after);
    const end = start + Number(first ?? 100);
    return {
      pageInfo: { hasNextPage: end < rows.length, endCursor: rows.length > start ? String(end) : null },
      edges: rows.slice(start, end).map((node) => ({ node })),
    };
  };
}

/** What an operation could bring at most. assumed: one credit for each node of each connection. */
export function complexity({ args, fields }: Field): number {
  const below = fields.reduce((sum, field) => sum + complexity(field), 0);
  return args.first === undefined ? below : Number(args.first) * (1 + below);
}
