import type { FastifyInstance } from 'fastify';
import { listBans, listWindows } from '../../../db/queries/packing';
import {
  addPackingBan,
  endPackingBan,
  listGroups,
  ordersWith,
  proposeGroups,
  setPackingWindow,
} from '../../use-cases/packing';
import type { ApiContext } from '../context';
import * as contract from '../contract/packing';
import { keyOf } from '../contract/values';
import { serve } from '../serve';

/** What goes out in one parcel; an order's own commands are beside its others. */
export function addPacking(api: FastifyInstance, { database }: ApiContext): void {
  const { db } = database;
  serve(api, contract.listGroups, async () => ({ groups: await listGroups(db) }));
  serve(api, contract.listProposals, async ({ query }) => ({
    proposals: await proposeGroups(db, query.order),
  }));
  serve(api, contract.readTogether, async ({ params }) => ({
    together: await ordersWith(db, keyOf(params)),
  }));
  serve(api, contract.listWindows, async () => ({ windows: await listWindows(db) }));
  serve(api, contract.setWindow, async ({ body: { reason, ...window }, caller }) => {
    await setPackingWindow(database, window, { by: caller.name, reason });
    return {};
  });
  serve(api, contract.listBans, async () => ({ rules: await listBans(db) }));
  serve(api, contract.addBan, async ({ body, caller }) => ({
    id: await addPackingBan(database, { ...body, madeBy: caller.name }),
  }));
  serve(api, contract.endBan, async ({ params, body: { reason }, caller }) => {
    await endPackingBan(database, params.id, { by: caller.name, reason });
    return {};
  });
}
