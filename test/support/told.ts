import type { Source } from '../../activities/sources/source';
import { isClaim } from '../../domain/claim';
import type { OrderPart } from '../../domain/order';

/** What a record says of an order. @throws Error where it tells of a claim. */
export function orderTold(source: Pick<Source, 'decode'>, body: Uint8Array): OrderPart {
  const told = source.decode(body);
  if (isClaim(told)) throw new Error(`a claim of ${told.orderNumber}, and no order`);
  return told;
}
