import { orderKey } from '../../domain/order-key';
import { configurations } from '../../sandbox/catalogue';
import { type EmittedOrder, generateDay } from '../../sandbox/generator/generate-day';
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

/** A system that orders come from. */
interface ChaosSource {
  readonly name: string;
  readonly emit: (world: World, wanted: Wanted) => Promise<Emitted[]>;
}

const hub: ChaosSource = {
  name: 'hub',
  async emit(world, wanted) {
    const { date } = (await world.admin('hub', 'POST', '/days', wanted)) as { date: string };
    return generateDay({ ...wanted, date }).map(toEmitted);
  },
};

/** Every source there is. */
const SOURCES: readonly ChaosSource[] = [hub];

/** Orders from all sources, in equal parts. The same seed gives the same orders. */
export async function emitOrders(world: World, { seed, orders, overSeconds }: Wanted): Promise<Emitted[]> {
  const parts = await Promise.all(
    SOURCES.map((source, index) => {
      const share = Math.floor((orders + index) / SOURCES.length);
      return source.emit(world, { seed, orders: share, overSeconds });
    }),
  );
  return parts.flat();
}

const itemsOf = new Map(configurations.map(({ code, items }) => [code, items]));

function toEmitted(order: EmittedOrder): Emitted {
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
