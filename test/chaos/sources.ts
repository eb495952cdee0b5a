import { orderKey } from '../../domain/order-key';
import { configurations } from '../../sandbox/catalogue';
import { sharesOf } from '../../sandbox/emit-day';
import { type EmittedOrder, generateDay } from '../../sandbox/generator/generate-day';
import { SOURCE_CHANNELS } from '../../sandbox/stand-ins';
import type { World } from './world';

/** An order as its customer placed it, told by the generator: nothing of ours has touched it. */
export interface Emitted {
  readonly key: string;
  readonly orderNumber: string;
  readonly shippingFee: bigint;
  readonly lines: readonly EmittedLine[];
}

export interface EmittedLine {
  /** The customer may take it back: whether in time is the warehouse's to say. */
  readonly isCancelled: boolean;
  /** KRW, the discount taken off. */
  readonly worth: bigint;
  readonly pieces: readonly { readonly itemCode: string; readonly quantity: number }[];
}

export interface Wanted {
  readonly seed: number;
  readonly orders: number;
  readonly overSeconds: number;
}

/** Orders from all sources, as many channels as they offer, as many parts. The same seed gives the same orders. */
export async function emitOrders(world: World, { orders, ...wanted }: Wanted): Promise<Emitted[]> {
  const parts = await Promise.all(
    sharesOf(orders).map(async ({ source, orders: share }) => {
      const day = { ...wanted, orders: share, channels: SOURCE_CHANNELS[source] };
      const { date } = (await world.admin(source, 'POST', '/days', day)) as { date: string };
      return generateDay({ ...day, date }).map(toEmitted);
    }),
  );
  return parts.flat();
}

const itemsOf = new Map(configurations.map(({ code, items }) => [code, items]));

export function toEmitted(order: EmittedOrder): Emitted {
  return {
    key: orderKey(order.channel, order.orderNumber),
    orderNumber: order.orderNumber,
    shippingFee: order.shippingFee,
    lines: order.lines.map((line) => ({
      isCancelled: order.cancellation?.lineNumbers.includes(line.lineNumber) ?? false,
      worth: line.amount - line.discount,
      pieces: (itemsOf.get(line.configurationCode) ?? []).map(({ itemCode, quantity }) => ({
        itemCode,
        quantity: quantity * line.quantity,
      })),
    })),
  };
}
