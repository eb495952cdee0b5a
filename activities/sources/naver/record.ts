import { z } from 'zod';
import { UndecodableRecord } from '../../../domain/errors';
import { parseLeniently } from './wire';

/**
 * A record is Naver's answer cut down to one product order: the element byte for byte as it came, in an envelope
 * with the answer's traceId, by which Naver finds the call when a return is disputed. The hash of a record leaves
 * the traceId out, so that the one kept is that of the answer which told this version first. A claim has no answer
 * of its own: it is the same element, and `claimId` says which of its claims is meant.
 */
export interface NaverRecord {
  /** One of the elements of `data` of the detail call. */
  readonly element: unknown;
  readonly claimId: string | undefined;
}

const envelopeSchema = z.object({
  claimId: z.string().optional(),
  data: z.tuple([z.unknown()], 'the details of the product order were not given'),
});

export function wrapped(element: Uint8Array, traceId: string, claimId?: string): Buffer {
  const head = JSON.stringify({ traceId, claimId }).slice(0, -1);
  return Buffer.concat([Buffer.from(`${head},"data":[`), element, Buffer.from(']}')]);
}

/** @throws UndecodableRecord */
export function unwrapped(body: Uint8Array): NaverRecord {
  const { data, claimId } = checked(envelopeSchema, valueOf(body));
  return { element: data[0], claimId };
}

function valueOf(body: Uint8Array): unknown {
  try {
    return parseLeniently(body);
  } catch (cause) {
    throw new UndecodableRecord('record', 'is no JSON', { cause });
  }
}

/**
 * @param at where the value stands in the element.
 * @throws UndecodableRecord naming the first field that does not fit by its path, without a value.
 */
export function checked<T>(schema: z.ZodType<T>, value: unknown, at: readonly (string | number)[] = []): T {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const path = [...at, ...(issue?.path ?? [])].map(String).join('.');
  throw new UndecodableRecord(path || 'record', issue?.message ?? 'does not fit');
}

/** The record of a product order is named by its number, one of a claim by the claim's, too. */
export function claimRecordId(productOrderId: string, claimId: string): string {
  return `${productOrderId}/${claimId}`;
}

export function productOrderOf(recordId: string): string {
  return recordId.split('/', 1)[0] ?? recordId;
}
