import fc from 'fast-check';
import type { Operation } from './document';
import { type Draft, escaped } from './draft';

/** What no field expects. */
const HOSTILE: readonly unknown[] = [
  null,
  true,
  '',
  ' ',
  '\u0000',
  'a\u0000b',
  '\ud800',
  '\udfff\ud800',
  '\u202e\ufeff',
  '😀'.repeat(50),
  'ㄱ'.repeat(5_000),
  'x'.repeat(100_000),
  "' or 1=1 -- ",
  '%_\\',
  '../../etc/passwd',
  '<script>alert(1)</script>',
  '2026-02-31',
  '0000-00-00T00:00:00Z',
  '9999-12-31T23:59:59+14:00',
  'NaN',
  '1e400',
  -1,
  0,
  0.5,
  -0.000_001,
  1e308,
  2 ** 31,
  2 ** 53,
  -(2 ** 63),
  [],
  [null],
  [[[[[[]]]]]],
  {},
  { length: 1e9 },
  JSON.parse('{"__proto__":{"isAdmin":true}}'),
  { constructor: { prototype: {} } },
];

const hostile = fc.constantFrom(...HOSTILE);
const hostileText = fc
  .oneof(hostile, fc.string({ unit: 'binary' }))
  .map((value) => (typeof value === 'string' ? value : JSON.stringify(value)));

/** Escapes that are none, or of what is no UTF-8, beside all that can be escaped. */
const hostilePart = fc.oneof(
  fc.constantFrom('%', '%00', '%ff', '%2e%2e', '%2F', '%C0%AF', '..', '.', ';', '\\'),
  hostileText.map((text) => escaped(text.slice(0, 3_000))),
);

/** Does one thing to a request that a caller may do, and should not. */
export type Wrong = (draft: Draft) => Draft;

export function wrongsOf({ parameters, body }: Operation): fc.Arbitrary<Wrong> {
  const names = (place: 'path' | 'query') =>
    parameters.filter((parameter) => parameter.in === place).map(({ name }) => name);
  return fc.oneof(
    wrongHeader(),
    wrongQuery(names('query')),
    ...(names('path').length === 0 ? [] : [wrongPath(names('path'))]),
    ...(body === undefined ? [strayBody()] : [wrongField(), wrongField(), wrongBody(), wrongType()]),
  );
}

function wrongHeader(): fc.Arbitrary<Wrong> {
  const value = fc.oneof(
    hostileText.map((text) => Buffer.from(text.slice(0, 500)).toString('latin1')),
    fc.constantFrom('a b', 'x'.repeat(201), '0', '*', 'application/json'),
  );
  const name = fc.constantFrom(
    'idempotency-key',
    'cookie',
    'x-csrf-token',
    'accept',
    'if-none-match',
    'origin',
  );
  return fc.tuple(name, value).map(([header, text]) => (draft) => ({
    ...draft,
    // What a client could not send at all.
    headers: { ...draft.headers, [header]: text.replace(/[^\t\x20-\x7e\x80-\xff]/gu, '') },
  }));
}

function wrongQuery(names: readonly string[]): fc.Arbitrary<Wrong> {
  const name = fc.constantFrom(...names, 'nobody-knows', '__proto__', 'cursor[]', '');
  return fc.array(fc.tuple(name, hostilePart), { minLength: 1, maxLength: 2 }).map((more) => (draft) => ({
    ...draft,
    query: [...draft.query, ...more],
  }));
}

function wrongPath(names: readonly string[]): fc.Arbitrary<Wrong> {
  return fc.tuple(fc.constantFrom(...names), hostilePart).map(([name, part]) => (draft) => ({
    ...draft,
    path: { ...draft.path, [name]: part },
  }));
}

/** One value anywhere in the body, by another that does not belong there. */
function wrongField(): fc.Arbitrary<Wrong> {
  return fc.tuple(fc.nat(), hostile).map(([which, value]) => (draft) => {
    if (draft.body === undefined) return draft;
    return { ...draft, body: Buffer.from(JSON.stringify(replaced(parsed(draft.body), which, value))) };
  });
}

/** A file is taken for a text. */
function parsed(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString());
  } catch {
    return body.toString('latin1');
  }
}

function replaced(value: unknown, which: number, by: unknown): unknown {
  if (typeof value !== 'object' || value === null) return by;
  const entries = Object.entries(value);
  const [name, inner] = entries[which % Math.max(1, entries.length)] ?? [];
  if (name === undefined) return by;
  const put = which % 3 === 0 ? by : replaced(inner, Math.floor(which / 3), by);
  return Array.isArray(value) ? value.with(Number(name), put) : { ...value, [name]: put };
}

/** A body that is no JSON, or cut off, or something else altogether. */
function wrongBody(): fc.Arbitrary<Wrong> {
  const whole = fc.oneof(
    hostile.map((value) => Buffer.from(JSON.stringify(value))),
    fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.from(bytes)),
    fc
      .constantFrom('{', '{"a":', '[1,]', '{"a":1}}', 'NaN', '\ufeff{}', '['.repeat(20_000))
      .map((s) => Buffer.from(s)),
  );
  const replacing = whole.map(
    (body): Wrong =>
      (draft) => ({ ...draft, body }),
  );
  const cutting = fc.nat({ max: 200 }).map(
    (end): Wrong =>
      (draft) => ({ ...draft, body: draft.body?.subarray(0, end) }),
  );
  const swelling = fc.constant<Wrong>((draft) => ({ ...draft, body: Buffer.alloc(1024 * 1024 + 1, ' ') }));
  return fc.oneof(
    { weight: 6, arbitrary: replacing },
    { weight: 3, arbitrary: cutting },
    { weight: 1, arbitrary: swelling },
  );
}

function wrongType(): fc.Arbitrary<Wrong> {
  const types = [
    'text/plain',
    'multipart/form-data',
    'application/xml',
    'application/octet-stream',
    'nonsense',
    'application/json; charset=utf-16',
    'application/x-www-form-urlencoded',
  ];
  return fc.constantFrom(...types).map((type) => (draft) => ({
    ...draft,
    headers: { ...draft.headers, 'content-type': type },
  }));
}

/** A body where none belongs. */
function strayBody(): fc.Arbitrary<Wrong> {
  const body = hostile.map((value) => Buffer.from(JSON.stringify(value)));
  return fc
    .tuple(body, fc.constantFrom('application/json', 'text/plain'))
    .map(([stray, type]) => (draft) => ({
      ...draft,
      headers: { ...draft.headers, 'content-type': type },
      body: stray,
    }));
}
