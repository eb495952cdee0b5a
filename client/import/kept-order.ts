import type { CellProblem } from '../../activities/sources/upload/read-rows';
import type { UploadRow } from '../../activities/sources/upload/record';
import type { OrderPart } from '../../domain/order';
import { orderKey } from '../../domain/order-key';
import type { Bodies, Body } from './bodies';

/** An order of a file that is ready to be stored. */
export interface ReadyOrder {
  readonly key: string;
  readonly channel: string;
  readonly orderNumber: string;
  readonly orderedAt: Date;
  /** Where it begins in the file. */
  readonly firstRow: number;
  readonly body: Uint8Array;
}

/**
 * What is kept of an order while its file is open. The collector of garbage looks at each of a hundred thousand time
 * after time, so there is nothing in it that has parts, or that follows from the rest.
 */
export interface KeptOrder {
  readonly orderNumber: string;
  /** Milliseconds since 1970. */
  readonly orderedAtMs: number;
  readonly firstRow: number;
  readonly rowCount: number;
  readonly body: Body;
}

/** What is kept of one that cannot be taken in. */
export interface RejectedOrder {
  readonly problems: readonly CellProblem[];
  readonly rowCount: number;
  readonly body: Body;
}

export function keptOrder(
  { orderNumber, orderedAt }: OrderPart,
  rows: readonly UploadRow[],
  body: Body,
): KeptOrder {
  const [first] = rows;
  const orderedAtMs = orderedAt.getTime();
  return { orderNumber, orderedAtMs, firstRow: first?.row ?? 0, rowCount: rows.length, body };
}

export function readyOrder(
  { orderNumber, orderedAtMs, firstRow, body }: KeptOrder,
  channel: string,
  bodies: Bodies,
): ReadyOrder {
  return {
    key: orderKey(channel, orderNumber),
    channel,
    orderNumber,
    orderedAt: new Date(orderedAtMs),
    firstRow,
    body: bodies.get(body),
  };
}
