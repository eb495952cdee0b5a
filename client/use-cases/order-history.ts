import type { Db } from '../../db/database';
import { attemptsOf } from '../../db/queries/attempts';
import { auditOf } from '../../db/queries/audit';
import { claimsOfOrder } from '../../db/queries/claims';
import { dispatchesOf } from '../../db/queries/dispatches';
import { decisionsBehind } from '../../db/queries/matches';
import { linesOf, recipientOf } from '../../db/queries/orders';
import { recordsOfOrder } from '../../db/queries/raw-records';
import { returnsOf } from '../../db/queries/returns';
import { salesOf } from '../../db/queries/sales';
import { shipmentsOf } from '../../db/queries/shipments';
import { tasksOfOrder } from '../../db/queries/tasks';

/** Everything that is recorded of an order; the recipient is not masked yet. */
export async function readHistory(db: Db, key: string) {
  const [records, claims, lines, recipient, dispatches, shipments, returns, sales, tasks, audit] =
    await Promise.all([
      recordsOfOrder(db, key),
      claimsOfOrder(db, key),
      linesOf(db, key),
      recipientOf(db, key),
      dispatchesOf(db, key),
      shipmentsOf(db, key),
      returnsOf(db, key),
      salesOf(db, key),
      tasksOfOrder(db, key),
      auditOf(db, key),
    ]);
  const [attempts, decisions] = await Promise.all([
    attemptsOf(
      db,
      dispatches.map(({ id }) => id),
    ),
    decisionsBehind(
      db,
      lines.map((line) => line.dealKey),
      lines.map((line) => line.key),
    ),
  ]);
  return {
    records,
    claims,
    lines,
    recipient,
    dispatches,
    attempts,
    shipments,
    returns,
    sales,
    tasks,
    audit,
    decisions,
  };
}

export type History = Awaited<ReturnType<typeof readHistory>>;
