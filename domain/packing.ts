import type { Recipient } from './order';
import { addressWords, plainAddress, plainName, plainPhones } from './receiver';
import type { ReceiverMarks } from './receiver-marks';

/** 합포장: which orders go out together, in one dispatch. */

/** Whether two orders go to the same receiver. Where one has safe numbers only, they tell nothing apart. */
export function isSameReceiver(one: ReceiverMarks, other: ReceiverMarks): boolean {
  const phonesAgree = one.phones === null || other.phones === null || one.phones === other.phones;
  return one.name === other.name && one.address === other.address && phonesAgree;
}

export const RECEIVER_FIELDS = ['name', 'address', 'phones'] as const;
export type ReceiverField = (typeof RECEIVER_FIELDS)[number];

/** The one thing in which two receivers differ who may be the same, and how it is written in each. */
export interface NearReceiver {
  readonly differs: ReceiverField;
  /** Of an address only the words that are not in the other. */
  readonly here: string;
  readonly there: string;
}

/** What a person is shown to decide whether two orders go together; undefined: they are the same, or quite another. */
export function nearReceiver(one: Recipient, other: Recipient): NearReceiver | undefined {
  const [phones, theirPhones] = [one, other].map(({ phone, phone2 }) => plainPhones([phone, phone2 ?? '']));
  const [here, there] = [phones?.join(', ') ?? '', theirPhones?.join(', ') ?? ''];
  const isSilent = here === '' || there === '';
  const sameName = plainName(one.name) === plainName(other.name);
  const sameAddress =
    plainAddress(one.address) === plainAddress(other.address) &&
    plainName(one.postcode) === plainName(other.postcode);
  if (sameName && sameAddress)
    return isSilent || here === there ? undefined : { differs: 'phones', here, there };
  if (!isSilent && here !== there) return undefined;
  if (sameName) return nearAddress(one, other);
  if (!sameAddress || (isSilent && !isPartOf(plainName(one.name), plainName(other.name)))) return undefined;
  return { differs: 'name', here: one.name, there: other.name };
}

function isPartOf(one: string, other: string): boolean {
  return one.includes(other) || other.includes(one);
}

/** Most words are the same: another flat of the house, or a word that was left out. */
function nearAddress(one: Recipient, other: Recipient): NearReceiver | undefined {
  const [words, theirs] = [wordsOf(one), wordsOf(other)];
  const here = words.filter((word) => !theirs.includes(word));
  const there = theirs.filter((word) => !words.includes(word));
  if (2 * Math.max(here.length, there.length) > Math.min(words.length, theirs.length)) return undefined;
  // The same words in another order are no other place that a person could tell.
  return { differs: 'address', here: here.join(' '), there: there.join(' ') };
}

function wordsOf({ postcode, address }: Recipient): string[] {
  return [...addressWords(address), ...(postcode === '' ? [] : [plainName(postcode)])];
}

/** What is not packed with other orders. */
export interface PackingBan {
  readonly id: number;
  /** Empty, here and below: any. */
  readonly channel: string;
  readonly itemCode: string;
  readonly configuration: string;
  readonly reason: string;
}

/** A line's item, as far as packing asks for it. */
export interface PackedPiece {
  readonly orderKey: string;
  readonly channel: string;
  readonly configuration: string;
  readonly itemCode: string;
  readonly pieces: number;
  /** The WMS that it goes to; null: nobody knows yet. */
  readonly to: string | null;
}

/** Null: as many as there are. */
export interface PackingLimits {
  readonly mostOrders: number | null;
  readonly mostPieces: number | null;
}

/** Until when orders of a channel wait for companions. */
export interface PackingWindow extends PackingLimits {
  /** Empty: those that have no window of their own. */
  readonly channel: string;
  readonly minutes: number;
}

export const NO_WINDOW: PackingWindow = { channel: '', minutes: 0, mostOrders: null, mostPieces: null };

/** The window of a channel: its own, or else the one of all others. */
export function windowOf(windows: readonly PackingWindow[], channel: string): PackingWindow {
  return (
    windows.find((window) => window.channel === channel) ??
    windows.find((window) => window.channel === '') ??
    NO_WINDOW
  );
}

/** The rule that keeps a piece apart from other orders, the oldest first. */
export function banOf(bans: readonly PackingBan[], pieces: readonly PackedPiece[]): PackingBan | undefined {
  return bans.find((ban) =>
    pieces.some(
      ({ channel, itemCode, configuration }) =>
        isMeant(ban.channel, channel) &&
        isMeant(ban.itemCode, itemCode) &&
        isMeant(ban.configuration, configuration),
    ),
  );
}

const isMeant = (wanted: string, found: string) => wanted === '' || wanted === found;

/** Why these do not go in one parcel, whoever they are for. */
export type Apart =
  | { readonly why: 'banned'; readonly ban: PackingBan }
  | { readonly why: 'wms' | 'too-many' };

/** @returns undefined where nothing keeps them apart. */
export function keptApart(
  pieces: readonly PackedPiece[],
  bans: readonly PackingBan[],
  { mostOrders, mostPieces }: PackingLimits,
): Apart | undefined {
  const ban = banOf(bans, pieces);
  if (ban !== undefined) return { why: 'banned', ban };
  if (new Set(pieces.map(({ to }) => to)).size > 1) return { why: 'wms' };
  const orders = new Set(pieces.map(({ orderKey }) => orderKey)).size;
  const count = pieces.reduce((sum, piece) => sum + piece.pieces, 0);
  const isTooMuch = orders > (mostOrders ?? orders) || count > (mostPieces ?? count);
  return isTooMuch ? { why: 'too-many' } : undefined;
}
