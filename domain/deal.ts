import { createHash } from 'node:crypto';

export interface Deal {
  readonly channel: string;
  readonly deal: string;
  readonly option: string;
}

/** White space and Unicode form are not part of a wording; everything else is. */
export function normalizeWording(text: string): string {
  return text.normalize('NFC').replace(/\s+/gu, ' ').trim();
}

/** What a match is unique by. */
export function dealKey(deal: Deal): string {
  const parts = [deal.channel, normalizeWording(deal.deal), normalizeWording(deal.option)];
  return createHash('sha256').update(parts.join('\0')).digest('hex');
}
