import type { FastifyInstance } from 'fastify';
import { eraseNow, previewErasure, setRetention, showRetention } from '../../use-cases/retention';
import type { ApiContext } from '../context';
import * as contract from '../contract/retention';
import { serve } from '../serve';

/** How long personal data is kept. */
export function addRetention(api: FastifyInstance, context: ApiContext): void {
  const { database } = context;
  serve(api, contract.showRetention, () => showRetention(database.db));
  serve(api, contract.previewErasure, ({ query }) => previewErasure(database.db, query.keepDays));
  serve(api, contract.setRetention, async ({ body: { reason, ...wanted }, caller }) => {
    await setRetention(database, wanted, { by: caller.name, reason });
    return {};
  });
  serve(api, contract.eraseNow, ({ body: { reason }, caller }) =>
    eraseNow(context, { by: caller.name, reason }),
  );
}
