import fc from 'fast-check';
import type { Operation } from './document';
import { type Draft, escaped } from './draft';
import { fitting, type Known } from './fitting';
import { wrongsOf } from './wrongs';

/** A request as it goes over the wire. */
export interface FuzzedCall {
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer | undefined;
}

/** Requests of an operation that fit the document as far as it tells. */
export function fittingCalls(operation: Operation, known: Known): fc.Arbitrary<FuzzedCall> {
  return draftsOf(operation, known).map((draft) => written(operation, draft));
}

/** Requests of an operation: those that fit, and as many with one thing wrong that a caller may do. */
export function anyCalls(operation: Operation, known: Known): fc.Arbitrary<FuzzedCall> {
  const drafts = draftsOf(operation, known);
  return fc.oneof(
    drafts.map((draft) => written(operation, draft)),
    fc.tuple(drafts, wrongsOf(operation)).map(([draft, wrong]) => written(operation, wrong(draft))),
  );
}

function draftsOf({ parameters, body }: Operation, known: Known): fc.Arbitrary<Draft> {
  const partsIn = (place: 'path' | 'query') =>
    fc.record(
      Object.fromEntries(
        parameters
          .filter((parameter) => parameter.in === place)
          .map(({ name, schema }) => [name, fitting(schema, known, name).map(String).map(escaped)]),
      ),
      {
        requiredKeys: parameters
          .filter((parameter) => parameter.in === place && (place === 'path' || parameter.required === true))
          .map(({ name }) => name),
      },
    );
  return fc.record({
    path: ordered(partsIn('path'), known),
    query: partsIn('query').map((query) => Object.entries(query)),
    headers: fc.constant(body === undefined ? {} : { 'content-type': body.type }),
    body: body === undefined ? fc.constant(undefined) : contentOf(body, known),
  });
}

/** Channel and number have to be of one order for there to be one. */
function ordered(parts: fc.Arbitrary<Record<string, string>>, { orderKey = [] }: Known) {
  return fc.tuple(parts, fc.constantFrom(...orderKey.map(String), undefined)).map(([path, key]) => {
    const [channel = '', number = ''] = key?.split('/') ?? [];
    return key !== undefined && 'channel' in path && 'number' in path ? { ...path, channel, number } : path;
  });
}

function contentOf({ type, schema }: NonNullable<Operation['body']>, known: Known): fc.Arbitrary<Buffer> {
  if (!type.endsWith('json')) return fc.constantFrom(...((known['file'] ?? []) as Buffer[]));
  return fitting(schema, known).map((value) => Buffer.from(JSON.stringify(value)));
}

function written({ path }: Operation, draft: Draft): FuzzedCall {
  const at = path.replace(/\{(\w+)\}/gu, (_, name: string) => draft.path[name] ?? '');
  const query = draft.query.map(([name, value]) => `${name}=${value}`).join('&');
  return {
    path: query === '' ? at : `${at}?${query}`,
    headers: draft.headers,
    body: draft.body,
  };
}
