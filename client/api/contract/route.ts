import type { z } from 'zod';
import type { Role } from '../../../domain/role';

type Schema = z.ZodType | undefined;

/**
 * One thing the API does: where it is, who may, what goes in and what comes out. The server serves it, the
 * console calls it, and the OpenAPI document tells of it, all by this one declaration.
 */
export interface Contract<
  Params extends Schema = Schema,
  Query extends Schema = Schema,
  Body extends Schema = Schema,
  Response extends z.ZodType = z.ZodType,
> {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Path parameters stand as `:name`. */
  readonly path: `/api/${string}`;
  readonly summary: string;
  /** The least role that may; `anyone`: nobody has to be signed in. */
  readonly role: Role | 'anyone';
  /** How often one address may ask, where that is less than for the rest. */
  readonly perMinute?: number;
  /** Set: the body is a file, of so many bytes at most. */
  readonly fileBytes?: number;
  /** The answer has what is shown once, or personal data: a repeat with its Idempotency-Key is not answered so again. */
  readonly answersOnce?: true;
  readonly params?: Params;
  readonly query?: Query;
  readonly body?: Body;
  readonly response: Response;
}

export function contract<
  Response extends z.ZodType,
  Params extends Schema = undefined,
  Query extends Schema = undefined,
  Body extends Schema = undefined,
>(declared: Contract<Params, Query, Body, Response>): Contract<Params, Query, Body, Response> {
  return declared;
}

type Parsed<S> = [NonNullable<S>] extends [never] ? undefined : z.output<NonNullable<S>>;

/** What a handler is given. */
export interface ParsedCall<C extends Contract> {
  readonly params: Parsed<C['params']>;
  readonly query: Parsed<C['query']>;
  readonly body: Parsed<C['body']>;
}

/** What a handler returns: times as Date, won as bigint. */
export type Returned<C extends Contract> = z.output<C['response']>;

type Given<Key extends string, S> = [NonNullable<S>] extends [never]
  ? unknown
  : Readonly<Record<Key, z.input<NonNullable<S>>>>;

/** What a caller sends. */
export type Call<C extends Contract> = Given<'params', C['params']> &
  Given<'query', C['query']> &
  Given<'body', C['body']>;

/** What a caller gets: times and won as text. */
export type Answer<C extends Contract> = z.input<C['response']>;
