import type { Db } from '../../db/database';
import { listFeeRules } from '../../db/queries/fee-rules';
import { netByChannelAndDay } from '../../db/queries/sales-by';
import { expectSettlements } from '../../domain/fee';
import { groupBy } from '../../domain/group-by';
import type { Period } from '../../domain/period';
import { requirePeriod } from './report-sales';

/** In KRW. Fee, settlement and what no rule says anything of add up to net. */
export interface ChannelSettlement {
  readonly channel: string;
  readonly net: bigint;
  readonly fee: bigint;
  readonly settlement: bigint;
  readonly unknown: bigint;
}

/** What channels are to pay for the sales of a period, and on which days. @throws UseCaseError. */
export async function reportSettlements(db: Db, period: Period) {
  requirePeriod(period);
  const [days, rules] = await Promise.all([netByChannelAndDay(db, period), listFeeRules(db)]);
  const { expected, unknown } = expectSettlements(days, rules);
  const channels = [...groupBy(days, ({ channel }) => channel)].map(([channel, of]): ChannelSettlement => {
    const here = expected.filter((one) => one.channel === channel);
    return {
      channel,
      net: sum(of.map(({ net }) => net)),
      fee: sum(here.map(({ fee }) => fee)),
      settlement: sum(here.map(({ settlement }) => settlement)),
      unknown: sum(unknown.filter((one) => one.channel === channel).map(({ net }) => net)),
    };
  });
  const due = [...groupBy(expected, (one) => `${one.due} ${one.channel}`).values()].flatMap((of) => {
    const [first] = of;
    if (first === undefined) return [];
    const settlement = sum(of.map((one) => one.settlement));
    return [{ day: first.due, channel: first.channel, settlement }];
  });
  return {
    ...period,
    channels: channels.toSorted((a, b) => (a.channel < b.channel ? -1 : 1)),
    due: due.toSorted((a, b) => (`${a.day} ${a.channel}` < `${b.day} ${b.channel}` ? -1 : 1)),
  };
}

function sum(amounts: readonly bigint[]): bigint {
  return amounts.reduce((all, one) => all + one, 0n);
}
