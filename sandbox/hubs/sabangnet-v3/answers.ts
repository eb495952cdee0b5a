import { z } from 'zod';
import { json, type StandInResponse } from '../../stand-in/message';

/** What the gateway refuses; its wording is assumed, its form is not. */
export class Refusal extends Error {
  override readonly name = 'Refusal';

  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
  ) {
    super(message);
  }
}

export function errorAnswer({ status, code, message }: Refusal, path: string, now: number): StandInResponse {
  return json(status, { code, message, timestamp: new Date(now).toISOString(), status, path });
}

/** @throws Refusal naming the first thing that does not fit. */
export function parsed<Schema extends z.ZodType>(schema: Schema, body: unknown): z.output<Schema> {
  const fits = schema.safeParse(body);
  if (fits.success) return fits.data;
  throw new Refusal(400, 'INVALID_REQUEST', z.prettifyError(fits.error).slice(0, 200));
}

export function ok(data: unknown): StandInResponse {
  return json(200, { code: 200, message: '성공', data });
}

export interface RowAnswer {
  readonly sbOrderNo: string;
  readonly status: boolean;
  readonly message: string;
}

/** 200 when every row was taken, 206 when some were not. */
export function rowsAnswer(results: readonly RowAnswer[]): StandInResponse {
  const failCount = results.filter(({ status }) => !status).length;
  const status = failCount === 0 ? 200 : 206;
  const message = failCount === 0 ? '성공' : '일부 실패';
  const data = { totalCount: results.length, successCount: results.length - failCount, failCount, results };
  return json(status, { code: status, message, data });
}
