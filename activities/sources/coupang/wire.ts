import { z } from 'zod';
import { UndecodableRecord } from '../../../domain/errors';
import { seoulStamp, seoulTime } from '../../../domain/seoul';
import { parseLossless } from '../json-records';
import { AMOUNT_MAX } from '../part-rules';

/** What all messages of Coupang Wing have in common. */

/** A number of Coupang's: shipmentBoxId has 18 digits, more than JavaScript's numbers hold. */
export const id = z
  .union([z.int(), z.string()], 'is missing')
  .transform(String)
  .pipe(z.string().regex(/^\d{1,20}$/, 'is no number of Coupang'));

/** Whole KRW; what is not there is none. */
export const won = z
  .int('is no whole KRW')
  .min(0, 'must not be negative')
  .max(Number(AMOUNT_MAX), `must be at most ${AMOUNT_MAX} KRW`)
  .nullish()
  .transform((amount) => BigInt(amount ?? 0));

export const count = z.int('is no whole number').min(0, 'must not be negative');

/** `yyyy-MM-dd'T'HH:mm:ss` in Korea. */
export const time = z.string().transform(seoulTime);

/** `yyyy-MM-ddTHH:mm` in Korea. */
export const minuteOf = (at: Date) => seoulStamp(at).slice(0, 16);

const decoder = new TextDecoder();
const encoder = new TextEncoder();

/**
 * The value of a JSON text. Bytes that are no UTF-8 read as U+FFFD, which no field that is checked may hold: so
 * the one that is broken can be named.
 *
 * @throws SyntaxError where it is no JSON.
 */
export function parseReadable(body: Uint8Array): unknown {
  return parseLossless(encoder.encode(decoder.decode(body)));
}

const word = z.union([z.string(), z.number()]).transform(String).catch('');

/** Where there are more pages, it says where the next one begins; empty on the last one. */
const answerSchema = z.object({ code: word, message: word, nextToken: word, nextPageIndex: word });

/** What every answer has around its data; undefined where it is no JSON object. */
export function envelopeOf(body: Uint8Array): z.output<typeof answerSchema> | undefined {
  try {
    return answerSchema.safeParse(parseReadable(body)).data;
  } catch {
    return undefined;
  }
}

/** Coupang's own words, for a message that a person reads; undefined where there are none. */
export function messageOf(body: Uint8Array): string | undefined {
  return envelopeOf(body)?.message.slice(0, 200) || undefined;
}

/**
 * The value, when it fits.
 *
 * @throws UndecodableRecord naming the first field that does not, without its value.
 */
export function fitted<T>(schema: z.ZodType<T>, value: unknown): T {
  const { data, error } = schema.safeParse(value);
  if (data !== undefined) return data;
  const [issue] = error?.issues ?? [];
  throw new UndecodableRecord(issue?.path.join('.') || 'record', issue?.message ?? 'does not fit');
}
