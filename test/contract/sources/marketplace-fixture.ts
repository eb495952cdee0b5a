import { orderKey } from '../../../domain/order-key';
import type { EmittedOrder } from '../../../sandbox/generator/generate-day';
import type { StandIn } from '../../../sandbox/stand-in/stand-in';
import type { MarketFixture, SourceFixture } from './fixture';

interface Ledger {
  readonly entries: readonly {
    readonly key: string;
    readonly acknowledged: boolean;
    readonly lines: readonly {
      readonly lineNumber: string;
      readonly invoices: readonly { readonly number: string }[];
    }[];
  }[];
  readonly claims: readonly { readonly key: string; readonly state: string; readonly answered: boolean }[];
  readonly stock: Readonly<Record<string, number>>;
}

const keyOf = ({ channel, orderNumber }: EmittedOrder) => orderKey(channel, orderNumber);

/** What a fixture has of the books that every marketplace of the sandbox keeps. */
export function booksOf(standIn: StandIn): Pick<SourceFixture, 'trackingOf'> & { market: MarketFixture } {
  const ledger = async () => (await (await fetch(`${standIn.adminUrl}/admin/ledger`)).json()) as Ledger;
  const entryOf = async (order: EmittedOrder) =>
    (await ledger()).entries.find(({ key }) => key === keyOf(order));
  return {
    async trackingOf(order, { lineNumber }) {
      const line = (await entryOf(order))?.lines.find((each) => each.lineNumber === lineNumber);
      return line?.invoices.map(({ number }) => number) ?? [];
    },
    market: {
      isAcknowledged: async (order) => (await entryOf(order))?.acknowledged ?? false,
      async moveTo({ orderNumber }, address) {
        await tell(standIn, '/admin/addresses', { orderNumber, address });
      },
      async claim({ orderNumber }, kind, lines) {
        await tell(standIn, '/admin/claims', {
          orderNumber,
          kind,
          ...(lines === undefined ? {} : { lines }),
        });
      },
      claimsOf: async (order) =>
        (await ledger()).claims
          .filter(({ key }) => key === keyOf(order))
          .map(({ state, answered }) => ({ state, answered })),
      stockOf: async (listing) => (await ledger()).stock[listing],
    },
  };
}

/** A command to a stand-in. @throws Error with its answer. */
export async function tell<T = unknown>(standIn: StandIn, path: string, body: unknown): Promise<T> {
  const response = await fetch(standIn.adminUrl + path, { method: 'POST', body: JSON.stringify(body) });
  if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
  return (await response.json()) as T;
}
