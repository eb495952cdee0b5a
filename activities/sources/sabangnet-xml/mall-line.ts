import { UndecodableRecord } from '../../../domain/errors';
import { lineNumberOf, mallNamed } from '../sabangnet/order-line';
import type { SabangnetXmlSettings } from './settings';

/** The text of a field, trimmed; empty where the record has none. */
export type Read = (field: string) => string;

/** @throws UndecodableRecord where no channel is set for it. */
export function mallOf(name: string, { malls, lineNumberField }: SabangnetXmlSettings) {
  const mall = mallNamed(malls, 'MALL_ID', name);
  return typeof mall === 'string'
    ? { channel: mall, lineNumberField, claimWords: {} }
    : { ...mall, lineNumberField: mall.lineNumberField ?? lineNumberField };
}

/**
 * Names the line by the fields that a list of orders and one of claims share, so that both name the same. A copy
 * that was made in the hub, and a line of a mall without line numbers, are known to the hub alone.
 */
export function lineNumberIn(read: Read, field: SabangnetXmlSettings['lineNumberField']): string {
  const idx = read('IDX');
  if (idx === '') throw new UndecodableRecord('IDX', 'is missing');
  // Assumed: copy_idx is empty, 0 or the record's own IDX unless the record was copied in the hub.
  const copiedFrom = read('copy_idx');
  const isCopy = copiedFrom !== '' && copiedFrom !== '0' && copiedFrom !== idx;
  return lineNumberOf(field === 'IDX' || isCopy ? '' : read(field), idx);
}
