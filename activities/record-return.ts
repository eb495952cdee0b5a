import type { Database, Db } from '../db/database';
import { type Command, recordAudit } from '../db/queries/audit';
import { type LockedOrder, lockOrder } from '../db/queries/orders';
import { findReturn, insertReturn, piecesPerUnit, soldPieces } from '../db/queries/returns';
import { bookSales, type SaleEntry } from '../db/queries/sales';
import { inTransaction } from '../db/transaction';
import { planReturn, type ReturnedPieces, type Reversal } from '../domain/return';
import { seoulDay } from '../domain/seoul';
import { bookShipped } from './record-sale';

/** A return cannot be as it was told; the message is one sentence for a person. */
export class ReturnRefused extends Error {
  override readonly name = 'ReturnRefused';
}

/** What came back, in units of the order's lines. */
export interface GoodsReturn {
  readonly orderKey: string;
  /** The same return has the same number, however often it is told. */
  readonly number: string;
  readonly lines: readonly { readonly lineNumber: string; readonly units: number }[];
  /** Back on the shelf; otherwise thrown away. */
  readonly restocked: boolean;
  /** The customer gets the shipping fee back too. */
  readonly shippingFee: boolean;
}

/** `amount`: KRW by which the sales went down; 0 for a return that was recorded before. */
export type ReturnRecorded = { readonly kind: 'new' | 'known'; readonly amount: bigint };

/**
 * Writes a return down, once, and takes it out of the sales on the day it is told. It is the record's
 * affair alone, so it works as long as the order is there, long after its journey. The stock is not
 * touched: what is back on the shelf is in the WMS's next snapshot, and must not be counted twice.
 *
 * @throws ReturnRefused for lines that are not there, and for more than has shipped and not come back.
 */
export async function recordReturn(
  database: Database,
  given: GoodsReturn,
  command: Command,
): Promise<ReturnRecorded> {
  return inTransaction(database, async (tx) => {
    const order = await lockOrder(tx, given.orderKey);
    if (order === undefined) throw new ReturnRefused(`There is no order ${given.orderKey}.`);
    const asked = await inPieces(tx, given);
    const before = await findReturn(tx, given.orderKey, given.number);
    if (before !== undefined) {
      if (before.restocked !== given.restocked || contents(before.pieces) !== contents(asked))
        throw new ReturnRefused(`Return ${given.number} is recorded already, and it was another one.`);
      return { kind: 'known', amount: 0n };
    }
    return take(tx, order, given, asked, command);
  });
}

async function inPieces(tx: Db, { orderKey, lines }: GoodsReturn): Promise<ReturnedPieces[]> {
  const items = await piecesPerUnit(tx, orderKey);
  return lines.flatMap(({ lineNumber, units }) => {
    const ofLine = items.filter((item) => item.lineNumber === lineNumber);
    if (ofLine.length === 0) throw new ReturnRefused(`Nothing of a line ${lineNumber} has shipped.`);
    return ofLine.map(({ lineKey, itemCode, pieces }) => ({ lineKey, itemCode, pieces: units * pieces }));
  });
}

function contents(pieces: readonly ReturnedPieces[]): string {
  return pieces
    .map((piece) => `${piece.lineKey} ${piece.itemCode} ${piece.pieces}`)
    .toSorted()
    .join('\n');
}

async function take(
  tx: Db,
  order: LockedOrder,
  given: GoodsReturn,
  asked: readonly ReturnedPieces[],
  command: Command,
): Promise<ReturnRecorded> {
  // A parcel may come back before its sale is booked: what is not booked cannot be reversed.
  await bookShipped(tx, [order.key]);
  const sold = await soldPieces(tx, order.key);
  const { reversals, tooMany } = planReturn(asked, sold);
  const [first] = tooMany;
  if (first !== undefined) {
    const line = first.lineKey.slice(order.key.length + 1);
    throw new ReturnRefused(
      `Of line ${line} ${first.left} × ${first.itemCode} have shipped and not come back: ${first.pieces} cannot be returned.`,
    );
  }
  const { orderKey, number, restocked } = given;
  const id = await insertReturn(tx, { orderKey, number, restocked, ...command }, reversals);
  const soldAs = new Map(sold.map(({ lineKey, configuration }) => [lineKey, configuration]));
  const entries = [
    ...reversals.map((reversal) => entryOf(order, id, reversal, soldAs.get(reversal.lineKey))),
    ...fee(order, given, reversals),
  ];
  await bookSales(tx, entries);
  const amount = entries.reduce((sum, entry) => sum + entry.amount, 0n);
  const detail = { number, restocked, amount: String(amount) };
  await recordAudit(tx, { ...command, action: 'order.return', subject: orderKey, detail });
  return { kind: 'new', amount };
}

function entryOf(
  order: LockedOrder,
  returnId: number,
  { pieces, ...reversal }: Reversal,
  configuration = '',
): SaleEntry {
  return {
    ...common(order),
    ...reversal,
    configuration,
    entryKey: `reversal/${returnId}/${reversal.shipmentId}/${reversal.itemCode}/${reversal.lineKey}`,
    quantity: pieces,
  };
}

/** The fee is paid once an order, so it is paid back once. */
function fee(order: LockedOrder, { shippingFee }: GoodsReturn, [first]: readonly Reversal[]): SaleEntry[] {
  if (!shippingFee || first === undefined || order.shippingFee === 0n) return [];
  return [
    {
      ...common(order),
      entryKey: `reversal/shipping_fee/${order.key}`,
      lineKey: null,
      configuration: '',
      itemCode: null,
      shipmentId: first.shipmentId,
      quantity: 0,
      amount: -order.shippingFee,
    },
  ];
}

function common({ key, channel, source }: LockedOrder) {
  return { orderKey: key, channel, source, kind: 'reversal' as const, day: seoulDay(new Date()) };
}
