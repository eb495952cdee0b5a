import { and, asc, eq, inArray } from 'drizzle-orm';
import type { SplittableLine } from '../../domain/split';
import type { Db } from '../database';
import { configurationItem, dispatchLine, orderLine } from '../schema';
import { isInLine } from './line-items';

export interface WaitingLine extends SplittableLine {
  readonly lineNumber: string;
}

/** An order's lines in these dispatches, with the units that are in them. */
export async function linesToSplit(
  tx: Db,
  orderKey: string,
  dispatchIds: readonly string[],
): Promise<WaitingLine[]> {
  const rows = await tx
    .select({
      dispatchId: dispatchLine.dispatchId,
      lineKey: orderLine.key,
      lineNumber: orderLine.lineNumber,
      units: dispatchLine.quantity,
      itemCode: configurationItem.itemCode,
      perUnit: configurationItem.quantity,
    })
    .from(dispatchLine)
    .innerJoin(orderLine, eq(orderLine.key, dispatchLine.lineKey))
    .innerJoin(configurationItem, isInLine)
    .where(and(inArray(dispatchLine.dispatchId, [...dispatchIds]), eq(dispatchLine.orderKey, orderKey)))
    .orderBy(asc(orderLine.key), asc(configurationItem.itemCode));
  return [...new Set(rows.map((row) => row.lineKey))].flatMap((lineKey) => {
    const ofLine = rows.filter((row) => row.lineKey === lineKey);
    const [first] = ofLine;
    if (first === undefined) return [];
    const inDispatches = new Map(ofLine.map((row) => [row.dispatchId, row.units]));
    const units = [...inDispatches.values()].reduce((sum, each) => sum + each, 0);
    const items = new Map(ofLine.map(({ itemCode, perUnit }) => [itemCode, { itemCode, perUnit }]));
    const { lineNumber } = first;
    return [{ lineKey, lineNumber, units, items: [...items.values()] }];
  });
}
