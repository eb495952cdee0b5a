import { z } from 'zod';
import { parseLossless } from '../json-records';

/** What all messages of the Commerce API have in common. */

/** `/v1/pay-order/seller/product-orders`, below which all calls about orders are. */
export const PRODUCT_ORDERS = '/v1/pay-order/seller/product-orders';

/** A number of Naver's; JSON has it as a text, and as a number elsewhere. */
export const idSchema = z.union([z.string(), z.int()]).transform(String);

/** A moment as Naver writes it, `yyyy-MM-ddTHH:mm:ss.SSS+09:00`. */
export function naverTime(at: Date): string {
  return new Date(at.getTime() + 9 * 3_600_000).toISOString().replace('Z', '+09:00');
}

/**
 * The value of a JSON text, no digit of it lost. Bytes that are not UTF-8 become U+FFFD, which no checked text
 * of an order may contain: one bad name does not spoil the answer around it, and is named by its field.
 *
 * @throws SyntaxError where it is no JSON.
 */
export function parseLeniently(body: Uint8Array): unknown {
  return parseLossless(Buffer.from(new TextDecoder().decode(body)));
}

/** The same, undefined where it is no JSON: a page of a proxy, say. */
export function jsonOf(body: Uint8Array): unknown {
  try {
    return parseLeniently(body);
  } catch {
    return undefined;
  }
}

const saidSchema = z.object({ code: idSchema, message: z.string(), traceId: z.string() }).partial().catch({});

/** What an error's body says: Naver finds the call by its traceId. */
export function sayingOf(body: unknown): string {
  const { code, message, traceId } = saidSchema.parse(body);
  const trace = traceId === undefined ? undefined : `(traceId ${traceId})`;
  return [code, message, trace].filter((part) => part !== undefined).join(' ');
}

export function errorCodeOf(body: unknown): string | undefined {
  return saidSchema.parse(body).code;
}
