import type { Db } from '../../db/database';
import { heldPieces } from '../../db/queries/allocations';
import { dispatchesOf } from '../../db/queries/dispatches';
import { linesOf } from '../../db/queries/orders';
import { shipmentsOf } from '../../db/queries/shipments';
import { tasksOfOrder } from '../../db/queries/tasks';
import { isOver, isWithTheWms } from '../../domain/dispatch-protocol';
import { type OrderCommand, type OrderFacts, outlookOf } from '../../domain/order-command';
import { type OrderRow, requireOrder } from './find-order';
import type { History } from './order-history';
import { packedWith, type Together } from './packing';

/** What an order's history says of what can be done to it. */
export function factsOf(
  order: OrderRow,
  { dispatches, tasks, shipments }: Pick<History, 'dispatches' | 'tasks' | 'shipments'>,
  together: readonly Together[],
): OrderFacts {
  const { stage, waiting, heldReason, heldByRule } = order;
  return {
    stage,
    waiting,
    heldReason,
    heldByRule,
    dispatches: dispatches.map(({ id, state }) => {
      const group = together.find(({ dispatchId }) => dispatchId === id);
      return {
        state,
        isShared: group !== undefined && group.with.length > 0,
        waitsForCompanions: group !== undefined && group.waitsUntil !== null,
      };
    }),
    hasLateLine: tasks.some((task) => task.kind === 'late_line' && task.closedAt === null),
    told: shipments.filter(({ upload }) => upload !== 'pending').length,
  };
}

const GIVES_BACK: readonly OrderCommand[] = ['cancel', 'move', 'split'];

/** What a command would do as things stand; nothing is changed. @throws UseCaseError. */
export async function previewCommand(db: Db, key: string, command: OrderCommand) {
  const order = await requireOrder(db, key);
  const [dispatches, tasks, shipments, lines] = await Promise.all([
    dispatchesOf(db, key),
    tasksOfOrder(db, key),
    shipmentsOf(db, key),
    linesOf(db, key),
  ]);
  const together = await packedWith(db, key, dispatches);
  const outlook = outlookOf(command, factsOf(order, { dispatches, tasks, shipments }, together));
  const live = dispatches.filter(({ state }) => !isOver(state) && state !== 'shipped');
  const givesBack = outlook.possible && GIVES_BACK.includes(command);
  return {
    outlook,
    /** Of its lines, but for those cancelled. */
    units: lines.reduce((sum, line) => sum + line.quantity - line.cancelledQuantity, 0),
    /** Pieces that would be free for other orders again. */
    givenBack: givesBack
      ? await heldPieces(
          db,
          live.map(({ id }) => id),
        )
      : [],
    /** What WMSes have of it. */
    withWms: dispatches
      .filter(({ state }) => isWithTheWms(state))
      .map(({ wms, code, state, reference }) => ({ wms: wms ?? '', code, state, reference })),
    together,
    /** Would be told again. */
    trackingNumbers:
      command === 'resend-tracking'
        ? shipments.filter(({ upload }) => upload !== 'pending').map((s) => s.trackingNumber)
        : [],
  };
}
