import type { FastifyInstance } from 'fastify';
import { sourceAdapters } from '../../../activities/sources/registry';
import { wmsAdapters } from '../../../activities/wms/registry';
import {
  addConnection,
  changeConnection,
  showConnections,
  testConnection,
} from '../../use-cases/connections';
import type { ApiContext } from '../context';
import * as contract from '../contract/connections';
import { serve } from '../serve';

/** Sources and WMSes in use. */
export function addConnections(api: FastifyInstance, { database }: ApiContext): void {
  const names = (adapters: readonly { readonly name: string }[]) => adapters.map(({ name }) => name);
  serve(api, contract.listConnections, async () => ({
    connections: await showConnections(database),
    adapters: { source: names(sourceAdapters), wms: names(wmsAdapters) },
  }));
  serve(api, contract.addConnection, async ({ body: { reason, ...given }, caller }) => {
    await addConnection(database, given, { by: caller.name, reason });
    return {};
  });
  serve(api, contract.changeConnection, async ({ params, body: { reason, ...edit }, caller }) => {
    await changeConnection(database, params.id, edit, { by: caller.name, reason });
    return {};
  });
  serve(api, contract.testConnection, async ({ params }) => testConnection(database, params.id));
}
