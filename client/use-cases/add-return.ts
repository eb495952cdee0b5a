import {
  type GoodsReturn,
  type ReturnRecorded,
  ReturnRefused,
  recordReturn,
} from '../../activities/record-return';
import type { Database } from '../../db/database';
import type { Command } from '../../db/queries/audit';
import { seoulDay } from '../../domain/seoul';
import { sha256 } from '../../domain/sha256';
import { requireOrder } from './find-order';
import { UseCaseError } from './use-case-error';

export type AddedReturn = ReturnRecorded & { readonly number: string };

/** Records what a customer sent back. @throws UseCaseError. */
export async function addReturn(
  database: Database,
  given: Omit<GoodsReturn, 'number'> & { readonly number?: string | undefined },
  command: Command,
): Promise<AddedReturn> {
  await requireOrder(database.db, given.orderKey);
  const number = given.number ?? numberOf(given);
  try {
    return { ...(await recordReturn(database, { ...given, number }, command)), number };
  } catch (error) {
    if (error instanceof ReturnRefused) throw new UseCaseError(error.message, { cause: error });
    throw error;
  }
}

/** The same command given twice on one day is one return; two of the same content need numbers. */
function numberOf({ lines, restocked }: Pick<GoodsReturn, 'lines' | 'restocked'>): string {
  const content = lines.map(({ lineNumber, units }) => `${lineNumber}=${units}`).toSorted();
  const hash = sha256(JSON.stringify([content, restocked]));
  return `${seoulDay(new Date())}-${hash.slice(0, 8)}`;
}
