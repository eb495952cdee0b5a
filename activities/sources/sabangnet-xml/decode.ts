import type { Told } from '../../../domain/claim';
import { readFields } from '../xml-fields';
import { CLAIM_NUMBER, decodeClaim } from './decode-claim';
import { decodeOrder } from './decode-order';
import type { SabangnetXmlSettings } from './settings';

/**
 * One `<DATA>` of a list, of orders or of claims.
 *
 * @throws UndecodableRecord naming the field in the hub's spelling, without personal data.
 */
export function decode(record: Uint8Array, settings: SabangnetXmlSettings): Told {
  const fields = readFields(record, 'DATA', settings.encoding);
  if (fields.has(CLAIM_NUMBER)) return decodeClaim(fields, settings);
  return decodeOrder((field) => fields.get(field) ?? '', settings);
}
