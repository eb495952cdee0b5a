import { randomUUID } from 'node:crypto';
import { json, type StandInResponse } from '../../stand-in/message';

/** ISO 8601 in Seoul, to the millisecond. */
export function kst(at: number): string {
  return new Date(at + 9 * 3_600_000).toISOString().replace('Z', '+09:00');
}

export class BadRequest extends Error {
  override readonly name = 'BadRequest';

  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
    /** Of the fields that are wrong, where the call tells them. */
    readonly invalidInputs?: readonly { name: string; type: string; message: string }[],
  ) {
    super(message);
  }
}

/** Envelopes of the Commerce API, each with the traceId of its call in body and header. */
export class Answers {
  constructor(private readonly clock: () => number) {}

  success(data: unknown): StandInResponse {
    const envelope = this.envelope();
    const said = data === undefined ? {} : { data };
    return json(200, { ...envelope, ...said }, { 'gncp-gw-trace-id': envelope.traceId });
  }

  /** Answers of the token and product calls have no envelope. */
  plain(value: unknown): StandInResponse {
    return json(200, value, { 'gncp-gw-trace-id': this.envelope().traceId });
  }

  failure({ status, code, message, invalidInputs }: BadRequest, headers = {}): StandInResponse {
    const envelope = this.envelope();
    const inputs = invalidInputs === undefined ? {} : { invalidInputs };
    const body = { code, message, ...envelope, ...inputs };
    return json(status, body, { 'gncp-gw-trace-id': envelope.traceId, ...headers });
  }

  private envelope(): { timestamp: string; traceId: string } {
    const traceId = `${randomUUID().replaceAll('-', '').slice(0, 22)}^${this.clock()}^1`;
    return { timestamp: kst(this.clock()), traceId };
  }
}
