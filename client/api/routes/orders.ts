import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { Db } from '../../../db/database';
import { listConnections } from '../../../db/queries/connections';
import { channelsAndSources } from '../../../db/queries/order-search';
import { enterOrder } from '../../use-cases/enter-order';
import { exportOrders } from '../../use-cases/export-orders';
import { previewCommand } from '../../use-cases/preview-command';
import { revealRecipient } from '../../use-cases/reveal-recipient';
import { filtersOfView } from '../../use-cases/saved-views';
import { listOrdersMasked, type OrderFilters, searchOf } from '../../use-cases/search-orders';
import { showOrder } from '../../use-cases/show-order';
import type { Caller } from '../access/caller';
import type { ApiContext } from '../context';
import * as contract from '../contract/orders';
import { keyOf, time } from '../contract/values';
import { readCursor, writeCursor } from '../cursor';
import { serve } from '../serve';
import { serveWorkbook } from '../serve-workbook';
import { addOrderCommands } from './order-commands';

/** Where a page of orders ended. */
const position = z.object({ orderedAt: time, key: z.string() });

export function addOrders(api: FastifyInstance, context: ApiContext): void {
  const { database } = context;
  serve(api, contract.listOrders, async ({ query: { cursor, limit, ...asked }, caller }) => {
    const after = readCursor(position, cursor);
    const filters = await viewed(database.db, asked, caller);
    const { rows, next } = await listOrdersMasked(database.db, searchOf(filters), after, limit);
    return { rows, next: next && writeCursor({ orderedAt: next.orderedAt, key: next.key }) };
  });
  serve(api, contract.readOrderChoices, async () => {
    const connections = await listConnections(database.db);
    const wmses = connections.filter(({ kind }) => kind === 'wms').map(({ id }) => id);
    return { ...(await channelsAndSources(database.db)), wmses };
  });
  serve(api, contract.readOrder, async ({ params }) => {
    const { order, ...shown } = await showOrder(database.db, keyOf(params));
    return { ...order, ...shown, workflowUrl: workflowUrl(context, shown.workflowId) };
  });
  serve(api, contract.revealRecipient, async ({ params, body: { reason }, caller }) =>
    revealRecipient(database, keyOf(params), { by: caller.name, reason }),
  );
  serve(api, contract.previewCommand, async ({ params }) =>
    previewCommand(database.db, keyOf(params), params.command),
  );
  serve(api, contract.enterOrder, async ({ body: { reason, ...given }, caller }) => ({
    key: await enterOrder(context, given, { by: caller.name, reason }),
  }));
  serveWorkbook(api, contract.exportOrders, async ({ query, caller }) =>
    exportOrders(database, await viewed(database.db, query, caller), caller.name),
  );
  addOrderCommands(api, context);
}

/** What is asked for beside a view comes before what the view says. */
async function viewed(
  db: Db,
  { view, ...filters }: OrderFilters & { readonly view?: string | undefined },
  caller: Caller,
): Promise<OrderFilters> {
  return view === undefined ? filters : { ...(await filtersOfView(db, view, caller.name)), ...filters };
}

/** As Temporal's Web UI addresses a workflow's newest run. */
function workflowUrl({ temporalUi, temporal }: ApiContext, workflowId: string): string | null {
  if (temporalUi === null) return null;
  const { namespace } = temporal.options;
  return `${temporalUi}/namespaces/${encodeURIComponent(namespace)}/workflows/${encodeURIComponent(workflowId)}`;
}
