import { readRows } from '../../activities/sources/upload/read-rows';
import { type UploadRecord, writeRecord } from '../../activities/sources/upload/record';
import { type Command, recordAudit } from '../../db/queries/audit';
import { existingOrders } from '../../db/queries/orders';
import { inTransaction } from '../../db/transaction';
import type { Recipient } from '../../domain/order';
import { orderKey } from '../../domain/order-key';
import { sha256 } from '../../domain/sha256';
import { temporalJourneys } from '../../worker/temporal-journeys';
import { TASK_QUEUE } from '../../workflows/names';
import type { Servers } from '../connect';
import { madeUpNumber } from '../import/gather-orders';
import type { ReadyOrder } from '../import/kept-order';
import { requireUploadConnection } from './import-orders';
import { storeSome, UPLOAD_CONNECTION } from './store-orders';
import { UseCaseError } from './use-case-error';

/** An order as a person enters it. */
export interface EnteredOrder {
  readonly channel: string;
  /** Undefined: one is made of its content, so that the same order entered twice is one. */
  readonly orderNumber?: string | undefined;
  /** Undefined: now. */
  readonly orderedAt?: Date | undefined;
  /** It carries no revenue. */
  readonly sample: boolean;
  readonly recipient: Recipient;
  readonly shippingFee: bigint;
  readonly lines: readonly {
    readonly deal: string;
    readonly option: string;
    readonly quantity: number;
    /** What the customer pays for the whole line before the discount. */
    readonly amount: bigint;
    readonly discount: bigint;
  }[];
}

/**
 * Takes in one order as a file of one order would be, and starts its journey; where Temporal does not answer,
 * the sweep starts it.
 *
 * @returns its key.
 * @throws UseCaseError where a field does not fit, or there is such an order.
 */
export async function enterOrder(
  { database, temporal }: Servers,
  given: EnteredOrder,
  command: Command,
): Promise<string> {
  const ready = readyOrder(given);
  if ((await existingOrders(database.db, [ready.key])).length > 0)
    throw new UseCaseError(`There is an order ${ready.key} already.`);
  await requireUploadConnection(database);
  await inTransaction(database, async (tx) => {
    await storeSome(tx, sha256(ready.body), [ready]);
    await recordAudit(tx, { ...command, action: 'order.enter', subject: ready.key });
  });
  const journeys = temporalJourneys(temporal, TASK_QUEUE, false);
  await journeys.start({ ...ready, source: UPLOAD_CONNECTION }).catch(() => false);
  return ready.key;
}

function readyOrder(given: EnteredOrder): ReadyOrder {
  const rows = rowsOf(given);
  const number = given.orderNumber === undefined ? { number: madeUpNumber(rows) } : {};
  const { channel, sample } = given;
  const record: UploadRecord = {
    file: 'console',
    template: 'console',
    channel,
    sample,
    readAt: new Date().toISOString(),
    ...number,
    rows,
  };
  const { part, problems } = readRows(record);
  const [problem] = problems;
  if (problem !== undefined)
    throw new UseCaseError(`Line ${problem.row}: ${problem.field} ${problem.message}.`);
  const { orderNumber, orderedAt } = part;
  const key = orderKey(channel, orderNumber);
  const body = Buffer.from(writeRecord(record));
  return { key, channel, orderNumber, orderedAt, firstRow: rows[0]?.row ?? 0, body };
}

function rowsOf({ orderNumber, orderedAt, recipient, shippingFee, lines }: EnteredOrder) {
  const { phone2, deliveryMessage, ...person } = recipient;
  const ofOrder = {
    ...(orderNumber === undefined ? {} : { orderNumber }),
    ...(orderedAt === undefined ? {} : { orderedAt: orderedAt.toISOString() }),
    ...person,
    ...(phone2 === null ? {} : { phone2 }),
    ...(deliveryMessage === null ? {} : { deliveryMessage }),
    shippingFee: String(shippingFee),
  };
  return lines.map(({ deal, option, quantity, amount, discount }, index) => ({
    row: index + 1,
    cells: { ...ofOrder, deal, option, quantity, amount: String(amount), discount: String(discount) },
    remarks: {},
  }));
}
