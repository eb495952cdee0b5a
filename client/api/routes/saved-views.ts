import type { FastifyInstance } from 'fastify';
import { changeView, listViews, removeView, saveView } from '../../use-cases/saved-views';
import type { ApiContext } from '../context';
import * as contract from '../contract/saved-views';
import { serve } from '../serve';

/** Filters of the orders, kept under a name. */
export function addSavedViews(api: FastifyInstance, { database }: ApiContext): void {
  serve(api, contract.listViews, async ({ caller }) => ({ rows: await listViews(database.db, caller) }));
  serve(api, contract.saveView, async ({ body, caller }) => ({ id: await saveView(database, body, caller) }));
  serve(api, contract.changeView, async ({ params, body, caller }) => {
    await changeView(database, params.id, body, caller);
    return {};
  });
  serve(api, contract.removeView, async ({ params, body, caller }) => {
    await removeView(database, params.id, body.version, caller);
    return {};
  });
}
