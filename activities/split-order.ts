import type { Db } from '../db/database';
import { type Command, recordAudit } from '../db/queries/audit';
import { createDispatch, type LockedDispatch, lockDispatchesOf } from '../db/queries/dispatches';
import { lockOrder } from '../db/queries/orders';
import { freeFor } from '../db/queries/reservations';
import { linesToSplit, type WaitingLine } from '../db/queries/split';
import { queuedAt } from '../db/queries/stock-queue';
import { inTransaction } from '../db/transaction';
import { unitsThatFit } from '../domain/split';
import type { Answer } from './answer';
import type { Deps } from './deps';
import { giveUp } from './give-up';
import { nudgeShort } from './nudge-short';

/** Which units go now, by the channel's line numbers; without it: what the WMS has in stock. */
export type SplitCommand = Command & {
  readonly lines?: readonly { readonly line: string; readonly quantity: number }[];
};

const refused = (says: string): Answer => ({ done: false, says });

/**
 * Sends a part of an order now and the rest later: what waits to be sent of it becomes two dispatches.
 * Nothing of that has reached the WMS, or certainly not; what has is left as it is.
 */
export async function splitOrder(deps: Deps, orderKey: string, command: SplitCommand): Promise<Answer> {
  const answer = await inTransaction(deps.database, (tx) => split(tx, orderKey, command));
  if (answer.done) await nudgeShort(deps);
  return answer;
}

async function split(tx: Db, orderKey: string, { by, reason, lines: asked }: SplitCommand): Promise<Answer> {
  const ready = (await lockDispatchesOf(tx, orderKey)).filter((d) => d.state === 'ready');
  const order = await lockOrder(tx, orderKey);
  if (order === undefined) return refused('There is no such order');
  if (order.heldReason !== null) return refused('It is on hold: release it first');
  if (order.stage !== 'matched' || ready.length === 0) return refused('Nothing of it waits to be sent');
  const waiting = await linesToSplit(
    tx,
    orderKey,
    ready.map((d) => d.id),
  );
  const now =
    asked === undefined ? await available(tx, ready, order.orderedAt, waiting) : named(waiting, asked);
  if (typeof now === 'string') return refused(now);
  const part = (units: (line: WaitingLine) => number) =>
    waiting
      .map((line) => ({ lineKey: line.lineKey, quantity: units(line) }))
      .filter(({ quantity }) => quantity > 0);
  const first = part((line) => now.get(line.lineKey) ?? 0);
  const rest = part((line) => line.units - (now.get(line.lineKey) ?? 0));
  if (first.length === 0) return refused('Nothing of it could go now');
  if (rest.length === 0) return refused('That is all of it: there is nothing to split');
  await giveUp(tx, orderKey, ready);
  await createDispatch(tx, { orderKey, lines: first });
  await createDispatch(tx, { orderKey, lines: rest });
  const detail = { now: first, later: rest };
  await recordAudit(tx, { by, reason, action: 'order.split', subject: orderKey, detail });
  const units = (of: readonly { quantity: number }[]) => of.reduce((sum, line) => sum + line.quantity, 0);
  return { done: true, says: `${units(first)} units go now, ${units(rest)} later` };
}

/** @returns what is wrong, where it names what does not wait to be sent. */
function named(
  waiting: readonly WaitingLine[],
  asked: NonNullable<SplitCommand['lines']>,
): Map<string, number> | string {
  const now = new Map<string, number>();
  for (const { line, quantity } of asked) {
    const found = waiting.find(({ lineNumber }) => lineNumber === line);
    if (found === undefined) return `No line ${line} of it waits to be sent`;
    const units = (now.get(found.lineKey) ?? 0) + quantity;
    if (units > found.units) return `Only ${found.units} units of line ${line} wait to be sent`;
    now.set(found.lineKey, units);
  }
  return now;
}

/** By the stock of the WMS at which it was found short; what older orders wait for is theirs. */
async function available(
  tx: Db,
  ready: readonly LockedDispatch[],
  orderedAt: Date,
  waiting: readonly WaitingLine[],
): Promise<Map<string, number> | string> {
  const [first] = ready;
  const wms = await queuedAt(
    tx,
    ready.map((d) => d.id),
  );
  if (first === undefined || wms === undefined)
    return 'It does not wait for stock: name the lines that go now';
  const codes = [...new Set(waiting.flatMap((line) => line.items.map((item) => item.itemCode)))].toSorted();
  const free = await freeFor(tx, wms, { id: first.id, orderedAt }, codes);
  return unitsThatFit(waiting, free);
}
