import type { Db } from '../../db/database';
import { type ChannelRule, listAssignments, listChannelRules } from '../../db/queries/channels';
import { omit } from '../omit';

interface Assigned {
  readonly source: string;
  readonly validFrom: Date;
}

export interface ChannelStanding {
  readonly channel: string;
  /** Whose word counts for its orders now; null where nobody has said yet. */
  readonly source: string | null;
  readonly since: Date | null;
  readonly planned: Assigned[];
  /** The newest first. */
  readonly earlier: Assigned[];
  /** What it expects of us; null where nobody has said. */
  readonly rule: Omit<ChannelRule, 'channel'> | null;
}

/** Every channel that somebody has said something of, and which source counts for it. */
export async function listChannels(db: Db, now = new Date()): Promise<ChannelStanding[]> {
  const [assigned, rules] = await Promise.all([listAssignments(db), listChannelRules(db)]);
  const channels = new Set([...assigned, ...rules].map(({ channel }) => channel));
  return [...channels].toSorted().map((channel) => {
    const all = assigned.filter((one) => one.channel === channel);
    const planned = all.filter(({ validFrom }) => validFrom > now);
    const [current, ...earlier] = all.filter(({ validFrom }) => validFrom <= now).toReversed();
    return {
      channel,
      source: current?.source ?? null,
      since: current?.validFrom ?? null,
      planned,
      earlier,
      rule: ruleOf(rules, channel),
    };
  });
}

function ruleOf(rules: readonly ChannelRule[], channel: string): ChannelStanding['rule'] {
  const found = rules.find((rule) => rule.channel === channel);
  return found === undefined ? null : omit(found, 'channel');
}
