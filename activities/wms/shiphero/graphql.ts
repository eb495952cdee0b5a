import { z } from 'zod';
import { orUnavailable, read, stopwatch, type WriteReply, write } from '../../json-call';
import { asNotReceived, type NotReceived, OutsideUnavailable, type Unknown } from '../../outcome';
import type { CreateOptions, Permit } from '../wms';

/**
 * GraphQL over HTTP as ShipHero speaks it: an error is an entry of `errors` in a 200, with the field that
 * failed null in `data` and, where ShipHero itself has raised it, a number.
 */

const errorSchema = z.looseObject({
  message: z.string(),
  code: z.int().optional(),
  /** "18 seconds", until the credits are enough. */
  time_remaining: z.string().optional(),
  /** Where in the query; on errors of the GraphQL engine. */
  locations: z.array(z.unknown()).optional(),
});
type GraphQlError = z.infer<typeof errorSchema>;
const envelopeSchema = z.object({
  data: z.record(z.string(), z.unknown()).nullish(),
  errors: z.array(errorSchema).nullish(),
});
type Envelope = z.infer<typeof envelopeSchema>;

const tokenSchema = z.object({ access_token: z.string().min(1) });

const NOT_ENOUGH_CREDITS = 30;
/** 5, not found, is documented; assumed: 3 is input that does not fit. Any other may have come after the deed. */
const REFUSALS = [3, 5];
const READ_TIMEOUT_MS = 15_000;

export type Mutated =
  | { readonly kind: 'data'; readonly data: unknown }
  | { readonly kind: 'refused'; readonly reason: string }
  | NotReceived
  | Unknown;

export class ShipHeroApi {
  readonly #baseUrl: string;
  readonly #refreshToken: string;
  /** A JWT of 28 days: got when first needed, and anew when the WMS takes it no more. */
  #token: Promise<string> | undefined;

  constructor(
    { baseUrl, refreshToken }: { readonly baseUrl: string; readonly refreshToken: string },
    private readonly permit: Permit,
  ) {
    this.#baseUrl = baseUrl.replace(/\/$/, '');
    this.#refreshToken = refreshToken;
  }

  async mutate(query: string, variables: object, options: CreateOptions) {
    const { result, exchange } = await this.#post(query, variables, options);
    return { result: result.kind === 'answered' ? judge(result.body) : result, exchange };
  }

  /** @throws OutsideUnavailable when no answer came, one with errors, or one that does not fit the schema. */
  async query<T>(
    query: string,
    variables: object,
    schema: z.ZodType<T>,
    timeoutMs = READ_TIMEOUT_MS,
  ): Promise<T> {
    const { result } = await this.#post(query, variables, { timeoutMs, beforeHandOver: () => undefined });
    if (result.kind === 'not-received') throw new OutsideUnavailable(result.reason, result.retryAfterMs);
    if (result.kind === 'unknown') throw new OutsideUnavailable(result.reason);
    const { data, errors } = envelopeSchema.safeParse(result.body).data ?? {};
    if (errors?.length) throw new OutsideUnavailable(reasonOf(errors));
    const parsed = schema.safeParse(data);
    if (parsed.success) return parsed.data;
    throw new OutsideUnavailable(`the answer does not fit\n${z.prettifyError(parsed.error)}`);
  }

  /** One page of a connection, from `variables.after` on. @throws OutsideUnavailable as {@link query} does. */
  async page<Node>(
    query: string,
    field: string,
    variables: { readonly after?: string | null },
    node: z.ZodType<Node>,
    timeoutMs?: number,
  ): Promise<{ nodes: Node[]; next: string | null }> {
    const schema = z.record(z.string(), z.object({ data: connectionOf(node) }));
    const page = (await this.query(query, variables, schema, timeoutMs))[field]?.data;
    if (!page) throw new OutsideUnavailable(`the answer has no ${field}`);
    const { hasNextPage, endCursor } = page.pageInfo;
    return { nodes: page.edges.map((edge) => edge.node), next: hasNextPage ? endCursor : null };
  }

  /** All of a connection's nodes, each page within the time-out. @throws OutsideUnavailable as {@link query} does. */
  async nodes<Node>(
    query: string,
    field: string,
    variables: object,
    node: z.ZodType<Node>,
    timeoutMs?: number,
  ): Promise<Node[]> {
    const nodes: Node[] = [];
    for (let after: string | null = null, more = true; more; ) {
      const page: { nodes: Node[]; next: string | null } = await this.page(
        query,
        field,
        { ...variables, after },
        node,
        timeoutMs,
      );
      nodes.push(...page.nodes);
      after = page.next;
      more = after !== null;
    }
    return nodes;
  }

  async #post(query: string, variables: object, options: CreateOptions): Promise<WriteReply> {
    const remaining = stopwatch(options.timeoutMs);
    const body = JSON.stringify({ query, variables });
    const token = await orUnavailable(this.#accessToken(remaining()));
    if (token instanceof OutsideUnavailable)
      return {
        result: asNotReceived(token),
        exchange: { request: `not sent\n\n${body}`, response: null, status: null },
      };
    const reply = await write({
      method: 'POST',
      url: `${this.#baseUrl}/graphql`,
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body,
      permit: this.permit,
      beforeHandOver: options.beforeHandOver,
      timeoutMs: remaining(),
    });
    if (reply.exchange.status === 401) this.#token = undefined;
    return { ...reply, result: turnedAway(reply.result) ?? reply.result };
  }

  /** @throws OutsideUnavailable */
  #accessToken(timeoutMs: number): Promise<string> {
    this.#token ??= this.#refresh(timeoutMs).catch((error: unknown) => {
      this.#token = undefined;
      throw error;
    });
    return this.#token;
  }

  async #refresh(timeoutMs: number): Promise<string> {
    const answer = await read(
      {
        method: 'POST',
        url: `${this.#baseUrl}/auth/refresh`,
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ refresh_token: this.#refreshToken }),
        permit: this.permit,
        timeoutMs,
      },
      tokenSchema,
    );
    return answer.access_token;
  }
}

function connectionOf<Node>(node: z.ZodType<Node>) {
  return z.object({
    pageInfo: z.object({ hasNextPage: z.boolean(), endCursor: z.string().nullable() }),
    edges: z.array(z.object({ node })),
  });
}

/** Throttling is a 200 too: credits are looked at before anything is done. */
function turnedAway(result: WriteReply['result']): NotReceived | undefined {
  if (result.kind !== 'answered') return undefined;
  const { data, errors } = envelopeSchema.safeParse(result.body).data ?? {};
  if (!errors?.length || hasData(data) || errors.some(({ code }) => code !== NOT_ENOUGH_CREDITS))
    return undefined;
  return notReceived(reasonOf(errors), waitMs(errors));
}

/**
 * Data without an error is done. An error is a refusal only if it is certain that nothing was done: one of
 * the GraphQL engine, which has run nothing where there is no `data`, or one that ShipHero numbers as such.
 */
function judge(body: unknown): Mutated {
  const envelope = envelopeSchema.safeParse(body).data;
  if (!envelope) return { kind: 'unknown', reason: 'the answer is no GraphQL' };
  const errors = envelope.errors ?? [];
  if (errors.length === 0) return { kind: 'data', data: envelope.data };
  const reason = reasonOf(errors);
  return isRefusal(envelope, errors) ? { kind: 'refused', reason } : { kind: 'unknown', reason };
}

function isRefusal({ data }: Envelope, errors: readonly GraphQlError[]): boolean {
  if (hasData(data)) return false;
  const hasRunNothing = data === undefined && errors.every(({ locations }) => locations !== undefined);
  return hasRunNothing || errors.every(({ code }) => code !== undefined && REFUSALS.includes(code));
}

function hasData(data: Envelope['data']): boolean {
  return Object.values(data ?? {}).some((field) => field !== null);
}

function reasonOf(errors: readonly GraphQlError[]): string {
  return errors
    .map(({ message, code }) => (code === undefined ? message : `${message} (${code})`))
    .join('; ');
}

function waitMs(errors: readonly GraphQlError[]): number | undefined {
  const [, amount, unit] = /(\d+) *(second|minute)/.exec(errors[0]?.time_remaining ?? '') ?? [];
  return amount === undefined ? undefined : Number(amount) * (unit === 'minute' ? 60_000 : 1_000);
}

function notReceived(reason: string, retryAfterMs: number | undefined): NotReceived {
  return { kind: 'not-received', reason, ...(retryAfterMs === undefined ? {} : { retryAfterMs }) };
}
