import type { Told } from '../../../domain/claim';
import { decodeClaim } from './decode-claim';
import { decodeOrder } from './decode-order';
import { fieldsOf } from './fields';
import type { SabangnetV3Settings } from './settings';

/**
 * One record of a list, of orders or of claims.
 *
 * @throws UndecodableRecord naming the hub's item, without personal data.
 */
export function decode(record: Uint8Array, settings: SabangnetV3Settings): Told {
  const fields = fieldsOf(record);
  return fields.has(settings.items.claimNumber)
    ? decodeClaim(fields, settings)
    : decodeOrder(fields.read, settings);
}
