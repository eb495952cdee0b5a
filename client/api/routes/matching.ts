import type { FastifyInstance } from 'fastify';
import { pageOfMatches } from '../../../db/queries/deals';
import { claimDeal, handOverDeal, letGoOfDeal, listDeciders } from '../../use-cases/claim-deals';
import {
  addMatch,
  confirmDeal,
  previewDecision,
  previewUndo,
  undoDecision,
} from '../../use-cases/decide-deal';
import { listUndecided, matchOnce } from '../../use-cases/match-deals';
import { dealOf, showDeal } from '../../use-cases/show-deals';
import { takeNextDeal } from '../../use-cases/take-next-deal';
import type { ApiContext } from '../context';
import * as contract from '../contract/matching';
import { pageOfRows, readCursor, timeMark } from '../cursor';
import { serve } from '../serve';

export function addMatching(api: FastifyInstance, context: ApiContext): void {
  const { db } = context.database;
  serve(api, contract.listWaitingDeals, async () => ({ rows: await listUndecided(db) }));
  serve(api, contract.listMatches, async ({ query: { q, cursor, limit } }) => {
    const after = readCursor(timeMark, cursor);
    const rows = await pageOfMatches(db, { text: q, after, limit: limit + 1 });
    return pageOfRows(rows, limit, ({ mark, dealKey }) => ({ at: mark, id: dealKey }));
  });
  serve(api, contract.readDeal, async ({ params }) => showDeal(db, params.dealKey));
  serve(api, contract.claimDeal, async ({ params, body, caller }) => {
    await claimDeal(context.database, params.dealKey, caller.name, body);
    return {};
  });
  serve(api, contract.letGoOfDeal, async ({ params, caller }) => {
    await letGoOfDeal(context.database, params.dealKey, caller.name);
    return {};
  });
  serve(api, contract.takeNextDeal, async ({ body, caller }) => {
    const next = await takeNextDeal(context.database, caller.name, body);
    return { dealKey: next?.dealKey ?? null };
  });
  serve(api, contract.handOverDeal, async ({ params, body: { to, reason }, caller }) => {
    await handOverDeal(context.database, params.dealKey, to, { by: caller.name, reason });
    return {};
  });
  serve(api, contract.listDeciders, async () => ({ names: await listDeciders(db) }));
  serve(api, contract.previewDecision, async ({ params, body }) =>
    previewDecision(db, await dealOf(db, params.dealKey), body),
  );
  serve(api, contract.decideDeal, async ({ params, body: { version, reason, ...decision }, caller }) => {
    const deal = await dealOf(db, params.dealKey);
    return addMatch(context, deal, decision, { by: caller.name, reason }, version);
  });
  serve(api, contract.confirmDeal, async ({ params, body: { version, prices, reason }, caller }) => {
    const deal = await dealOf(db, params.dealKey);
    return confirmDeal(context, deal, prices, { by: caller.name, reason }, version);
  });
  serve(api, contract.previewUndo, async ({ params }) => previewUndo(db, await dealOf(db, params.dealKey)));
  serve(api, contract.undoDecision, async ({ params, body: { version, reason }, caller }) => {
    const deal = await dealOf(db, params.dealKey);
    return undoDecision(context, deal, { by: caller.name, reason }, version);
  });
  serve(api, contract.decideOnce, async ({ body: { orderKey, line, configuration, reason }, caller }) => {
    const command = { by: caller.name, reason };
    return matchOnce(context, orderKey, line, configuration, command, { ifOpen: true });
  });
}
