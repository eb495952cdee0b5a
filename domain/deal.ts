import { sha256 } from './sha256';

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
  return sha256(parts.join('\0'));
}
