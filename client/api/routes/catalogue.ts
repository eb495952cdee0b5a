import type { FastifyInstance } from 'fastify';
import { listItems } from '../../../db/queries/catalogue';
import {
  listConfigurations,
  setConfiguration,
  setItem,
  showConfiguration,
  showItem,
} from '../../use-cases/catalogue';
import type { ApiContext } from '../context';
import * as contract from '../contract/catalogue';
import { nextAfter } from '../cursor';
import { serve } from '../serve';

export function addCatalogue(api: FastifyInstance, { database }: ApiContext): void {
  const { db } = database;
  serve(api, contract.listItems, async ({ query: { q, cursor, limit } }) =>
    pageBy(limit, await listItems(db, { text: q, after: cursor, limit })),
  );
  serve(api, contract.readItem, async ({ params }) => showItem(db, params.code));
  serve(api, contract.saveItem, async ({ params, body: { reason, ...item }, caller }) => ({
    version: await setItem(database, { ...params, ...item }, { by: caller.name, reason }),
  }));
  serve(api, contract.listConfigurations, async ({ query: { q, cursor, limit } }) =>
    pageBy(limit, await listConfigurations(db, { text: q, after: cursor, limit })),
  );
  serve(api, contract.readConfiguration, async ({ params }) => showConfiguration(db, params.code));
  serve(api, contract.saveConfiguration, async ({ params, body: { reason, ...given }, caller }) => ({
    version: await setConfiguration(database, { ...params, ...given }, { by: caller.name, reason }),
  }));
}

function pageBy<Row extends { readonly code: string }>(limit: number, rows: Row[]) {
  return { rows, next: nextAfter(rows, limit, ({ code }) => code) };
}
