import type { Db } from '../../db/database';
import type { Command } from '../../db/queries/audit';
import { stateOfDispatch } from '../../db/queries/dispatch-lists';
import { countOpen } from '../../db/queries/open-dispatches';
import { shipmentsReadAt } from '../../db/queries/shipments';
import { stockReadAt } from '../../db/queries/stock-snapshot';
import { openTasksOfKinds } from '../../db/queries/tasks';
import type { DispatchState } from '../../domain/dispatch-protocol';
import type { Verdict } from '../../domain/verdict';
import type { Servers } from '../connect';
import { resolveDispatch } from './command-order';
import { byState, listWmses } from './list-connections';
import { ChangedMeanwhile, NotFound, UseCaseError } from './use-case-error';

/** The WMSes in use: what is open at each, how often it may be asked, when it was last read, whether it answers. */
export async function wmsOverview(db: Db) {
  const counting = countOpen(db);
  const [wmses, open, shipmentsAt, stockAt, silent] = await Promise.all([
    listWmses(db, counting),
    counting,
    shipmentsReadAt(db),
    stockReadAt(db),
    openTasksOfKinds(db, ['wms_unreachable']),
  ]);
  const shown = wmses.map(({ callsPerMinute, capabilities, ...wms }) => ({
    ...wms,
    // Its own limit holds where a connection would allow more.
    callsPerMinute: Math.min(callsPerMinute ?? Infinity, capabilities?.callsPerMinute ?? 0),
    shipmentsReadAt: shipmentsAt.get(wms.id) ?? null,
    stockReadAt: stockAt.get(wms.id) ?? null,
    keepsStock: capabilities !== null && capabilities.stock !== 'none',
    silence: silent
      .filter((task) => task.connectionId === wms.id)
      .map(({ reason, openedAt }) => ({ says: reason, since: openedAt })),
  }));
  return { wmses: shown, unclaimed: byState(open, null) };
}

export interface Said {
  readonly orderKey: string;
  readonly dispatch: string;
  /** As it was when the person looked. */
  readonly state: DispatchState;
  readonly verdict: Verdict;
}

/**
 * A person says of one dispatch what nobody else can tell.
 *
 * @returns what became of it, in words.
 * @throws NotFound, ChangedMeanwhile, UseCaseError when it cannot be heard now.
 */
export async function settleDispatch(
  servers: Servers,
  { orderKey, dispatch, state, verdict }: Said,
  command: Command,
): Promise<string> {
  const now = await stateOfDispatch(servers.database.db, dispatch, orderKey);
  if (now === undefined) throw new NotFound(`${orderKey} has no dispatch ${dispatch}.`);
  if (now !== state)
    throw new ChangedMeanwhile(`It was ${state} when you looked, and is ${now} now: look again.`);
  const answer = await resolveDispatch(servers, orderKey, verdict, { ...command, dispatch });
  if (!answer.done) throw new UseCaseError(answer.says);
  return answer.says;
}
