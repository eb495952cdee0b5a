import type { FastifyInstance } from 'fastify';
import { pageOfMatches } from '../../../db/queries/deals';
import { unknownDeals } from '../../../db/queries/matches';
import { addMatch, matchOnce } from '../../use-cases/match-deals';
import { dealOf, showDeal } from '../../use-cases/show-deals';
import type { ApiContext } from '../context';
import * as contract from '../contract/matching';
import { pageOfRows, readCursor, timeMark } from '../cursor';
import { serve } from '../serve';

export function addMatching(api: FastifyInstance, context: ApiContext): void {
  const { db } = context.database;
  serve(api, contract.listUnknownDeals, async () => ({ rows: await unknownDeals(db) }));
  serve(api, contract.listMatches, async ({ query: { q, cursor, limit } }) => {
    const after = readCursor(timeMark, cursor);
    const rows = await pageOfMatches(db, { text: q, after, limit: limit + 1 });
    return pageOfRows(rows, limit, ({ mark, dealKey }) => ({ at: mark, id: dealKey }));
  });
  serve(api, contract.readDeal, async ({ params }) => showDeal(db, params.dealKey));
  serve(api, contract.decideDeal, async ({ params, body, caller }) => {
    const command = { by: caller.name, reason: body.reason };
    const deal = await dealOf(db, params.dealKey);
    return addMatch(context, deal, body.configuration, command, body.version);
  });
  serve(api, contract.decideOnce, async ({ body: { orderKey, line, configuration, reason }, caller }) => {
    const command = { by: caller.name, reason };
    return matchOnce(context, orderKey, line, configuration, command, { ifOpen: true });
  });
}
