import { asc, eq, inArray } from 'drizzle-orm';
import type { SplittableLine } from '../../domain/split';
import type { Db } from '../database';
import { configurationItem, dispatchLine, orderLine } from '../schema';
import { isInLine } from './line-items';

export interface WaitingLine extends SplittableLine {
  readonly orderKey: string;
  readonly lineNumber: string;
}

/** The lines in these dispatches, with the units that are in them. */
export async function linesToSplit(tx: Db, dispatchIds: readonly string[]): Promise<WaitingLine[]> {
  const rows = await tx
    .select({
      dispatchId: dispatchLine.dispatchId,
      orderKey: dispatchLine.orderKey,
      lineKey: orderLine.key,
      lineNumber: orderLine.lineNumber,
      units: dispatchLine.quantity,
      itemCode: configurationItem.itemCode,
      perUnit: configurationItem.quantity,
    })
    .from(dispatchLine)
    .innerJoin(orderLine, eq(orderLine.key, dispatchLine.lineKey))
    .innerJoin(configurationItem, isInLine)
    .where(inArray(dispatchLine.dispatchId, [...dispatchIds]))
    .orderBy(asc(orderLine.key), asc(configurationItem.itemCode));
  return [...new Set(rows.map((row) => row.lineKey))].flatMap((lineKey) => {
    const ofLine = rows.filter((row) => row.lineKey === lineKey);
    const [first] = ofLine;
    if (first === undefined) return [];
    const inDispatches = new Map(ofLine.map((row) => [row.dispatchId, row.units]));
    const units = [...inDispatches.values()].reduce((sum, each) => sum + each, 0);
    const items = new Map(ofLine.map(({ itemCode, perUnit }) => [itemCode, { itemCode, perUnit }]));
    const { orderKey, lineNumber } = first;
    return [{ orderKey, lineKey, lineNumber, units, items: [...items.values()] }];
  });
}
