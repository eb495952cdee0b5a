import type { Told } from '../../../domain/claim';
import { UndecodableRecord } from '../../../domain/errors';
import { decodeExchange, decodeReceipt, decodeWithdrawal } from './decode-claim';
import { decodeSheet } from './decode-order';
import type { CoupangSettings } from './settings';
import { parseReadable } from './wire';

/**
 * One record: an order's parcel, or a claim, by the number that only its kind has.
 *
 * @throws UndecodableRecord naming the field in Coupang's spelling, without personal data.
 */
export function decode(body: Uint8Array, settings: CoupangSettings): Told {
  const value = parsed(body);
  if (typeof value !== 'object' || value === null) throw new UndecodableRecord('record', 'is no object');
  if ('receiptId' in value) return decodeReceipt(value, settings);
  if ('cancelId' in value) return decodeWithdrawal(value, settings);
  if ('exchangeId' in value) return decodeExchange(value, settings);
  return decodeSheet(value, settings);
}

function parsed(body: Uint8Array): unknown {
  try {
    return parseReadable(body);
  } catch (cause) {
    throw new UndecodableRecord('record', 'is no JSON', { cause });
  }
}
