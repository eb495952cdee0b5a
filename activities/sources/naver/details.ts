import { z } from 'zod';
import { OutsideUnavailable } from '../../outcome';
import { cutArray, meaningHash } from '../json-records';
import type { FetchedRecord } from '../source';
import { claimIdsOf, claimMeaning, unitsTakenOff } from './claims';
import type { NaverClient } from './client';
import { CANCELLED, productOrderSchema, standingSchema } from './product-order';
import { claimRecordId, wrapped } from './record';
import { idSchema, jsonOf, PRODUCT_ORDERS, parseLeniently } from './wire';

const QUERY = `${PRODUCT_ORDERS}/query`;
const TRACE_HEADER = 'gncp-gw-trace-id';

/** A product order as the detail call tells it. */
export interface Detail {
  /** Undefined where the element does not tell it. */
  readonly productOrderId: string | undefined;
  readonly bytes: Uint8Array;
  readonly element: unknown;
  readonly traceId: string;
}

const answerSchema = z.object({ traceId: z.string().optional(), data: z.array(z.unknown()).nullish() });
const nameSchema = z.object({ productOrder: z.object({ productOrderId: idSchema }) });

/**
 * Details of at most `pageSize` product orders; what Naver does not show is left out.
 *
 * @throws OutsideUnavailable
 */
async function queryDetails(client: NaverClient, productOrderIds: readonly string[]): Promise<Detail[]> {
  // Asks for what is left of a product order once some of its units have been cancelled or returned.
  const body = { productOrderIds, quantityClaimCompatibility: true };
  const answer = await client.read({ method: 'POST', path: QUERY, body });
  const { success, data } = answerSchema.safeParse(jsonOf(answer.body));
  if (!success) throw new OutsideUnavailable(`POST ${QUERY}: the answer is no list of product orders`);
  const traceId = data.traceId ?? String(answer.headers[TRACE_HEADER] ?? '');
  return cutArray(answer.body, ['data']).map((bytes) => {
    const element = parseLeniently(bytes);
    const productOrderId = nameSchema.safeParse(element).data?.productOrder.productOrderId;
    return { productOrderId, bytes, element, traceId };
  });
}

/** The same, of any number. */
export async function allDetails(client: NaverClient, productOrderIds: readonly string[]): Promise<Detail[]> {
  const { pageSize } = client.settings;
  const details: Detail[] = [];
  for (let from = 0; from < productOrderIds.length; from += pageSize)
    details.push(...(await queryDetails(client, productOrderIds.slice(from, from + pageSize))));
  return details;
}

/** The order's record, and one for each of its claims. */
export function recordsOf({ productOrderId, bytes, element, traceId }: Detail): FetchedRecord[] {
  const body = wrapped(bytes, traceId);
  if (productOrderId === undefined) {
    const contentHash = hashOf(bytes);
    return [{ recordId: `unnamed-${contentHash}`, body, contentHash }];
  }
  const claims = claimIdsOf(element).map((claimId) => ({
    recordId: claimRecordId(productOrderId, claimId),
    body: wrapped(bytes, traceId, claimId),
    contentHash: meaningHash(claimMeaning(element, claimId)),
  }));
  return [{ recordId: productOrderId, body, contentHash: orderHash(element, bytes) }, ...claims];
}

/** Confirming, shipping and delivering it change nothing of it; taking units off does. */
function orderHash(element: unknown, bytes: Uint8Array): string {
  const told = productOrderSchema.safeParse(element).data;
  const standing = standingSchema.safeParse(element).data;
  if (told === undefined || standing === undefined) return hashOf(bytes);
  const isCancelled = CANCELLED.includes(standing.productOrder.productOrderStatus);
  return meaningHash([told, isCancelled || unitsTakenOff(element, Number.MAX_SAFE_INTEGER)]);
}

export function hashOf(bytes: Uint8Array): string {
  return meaningHash(Buffer.from(bytes).toString('latin1'));
}
