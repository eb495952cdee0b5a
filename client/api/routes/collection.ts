import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { listClaims } from '../../../db/queries/claims';
import { listRuns } from '../../../db/queries/collection';
import { listUploads } from '../../../db/queries/shipments';
import { assignChannel } from '../../use-cases/assign-source';
import { listBackfills, startBackfill } from '../../use-cases/backfills';
import { coverageBar } from '../../use-cases/coverage';
import { listChannels } from '../../use-cases/list-channels';
import { listSources } from '../../use-cases/list-connections';
import { requireSource } from '../../use-cases/require-source';
import { commandSchedule, listSchedules } from '../../use-cases/schedules';
import { setChannelRule } from '../../use-cases/set-channel-rule';
import { resendTracking } from '../../use-cases/tracking';
import type { ApiContext } from '../context';
import * as contract from '../contract/collection';
import { keyOf, rowId } from '../contract/values';
import { exactMoment, nextAfter, readCursor, writeCursor } from '../cursor';
import { RequestRefused } from '../problems';
import { serve } from '../serve';

export function addCollection(api: FastifyInstance, context: ApiContext): void {
  addSchedules(api, context);
  addSources(api, context);
  addChannels(api, context);
  addClaims(api, context);
  addTracking(api, context);
}

function addSchedules(api: FastifyInstance, context: ApiContext): void {
  const { temporal, database, temporalUi } = context;
  serve(api, contract.listSchedules, async () => ({
    rows: await listSchedules(temporal, database.db),
    temporalUi,
  }));
  serve(api, contract.commandSchedule, async ({ body, caller }) => {
    const { scheduleId, command, reason } = body;
    await commandSchedule(context, scheduleId, command, { by: caller.name, reason });
    return {};
  });
}

const DAY_MS = 86_400_000;
const LONGEST_DAYS = 31;

function addSources(api: FastifyInstance, context: ApiContext): void {
  const { db } = context.database;
  serve(api, contract.listSources, async () => ({
    rows: (await listSources(db)).map(({ capabilities, ...source }) => ({
      ...source,
      collects: capabilities?.collects ?? false,
      lookBackDays: capabilities?.lookBackDays ?? null,
    })),
  }));
  serve(api, contract.readCoverage, async ({ params, query }) => {
    const { to = new Date() } = query;
    const { from = new Date(to.getTime() - DAY_MS) } = query;
    if (from >= to || to.getTime() - from.getTime() > LONGEST_DAYS * DAY_MS)
      throw new RequestRefused(400, `From and to are up to ${LONGEST_DAYS} days apart, from before to.`);
    const { read, gaps, givenUp, ...bar } = await coverageBar(db, params.source, { from, to });
    return { ...bar, read: [...read], gaps: [...gaps], givenUp: [...givenUp] };
  });
  serve(api, contract.listRuns, async ({ params, query: { cursor, limit } }) => {
    await requireSource(db, params.source);
    const rows = await listRuns(db, params.source, { before: cursor, limit });
    return {
      rows: rows.map(({ windowFrom, windowTo, ...run }) => ({ ...run, from: windowFrom, to: windowTo })),
      next: nextAfter(rows, limit, ({ id }) => String(id)),
    };
  });
  serve(api, contract.startBackfill, async ({ params, body: { reason, ...window }, caller }) => ({
    id: await startBackfill(context, params.source, window, { by: caller.name, reason }),
  }));
  serve(api, contract.listBackfills, async ({ params, query: { cursor, limit } }) => {
    const rows = await listBackfills(context, params.source, { before: cursor, limit });
    return {
      rows: rows.map(({ windowFrom, windowTo, ...row }) => ({ ...row, from: windowFrom, to: windowTo })),
      next: nextAfter(rows, limit, ({ id }) => String(id)),
    };
  });
}

function addChannels(api: FastifyInstance, context: ApiContext): void {
  serve(api, contract.listChannels, async () => ({ rows: await listChannels(context.database.db) }));
  serve(api, contract.setChannelRule, async ({ params, body: { reason, ...rule }, caller }) => {
    await setChannelRule(context, { ...params, ...rule }, { by: caller.name, reason });
    return {};
  });
  serve(api, contract.assignChannel, async ({ params, body, caller }) => {
    const { reason, ...assignment } = body;
    await assignChannel(context, { ...params, ...assignment }, { by: caller.name, reason });
    return {};
  });
}

const claimCursor = z.object({ at: exactMoment, connectionId: z.string(), recordId: z.string() });
const trackingCursor = z.object({ at: exactMoment, orderKey: z.string(), shipmentId: rowId });

function addClaims(api: FastifyInstance, { database: { db } }: ApiContext): void {
  serve(api, contract.listClaims, async ({ query: { answer, cursor, limit } }) => {
    const rows = await listClaims(db, answer, { after: readCursor(claimCursor, cursor), limit });
    return {
      rows: rows.map(({ connectionId, ...claim }) => ({ ...claim, source: connectionId })),
      next: nextAfter(rows, limit, ({ at, connectionId, recordId }) =>
        writeCursor({ at, connectionId, recordId }),
      ),
    };
  });
}

function addTracking(api: FastifyInstance, context: ApiContext): void {
  serve(api, contract.listTracking, async ({ query: { state, cursor, limit } }) => {
    const before = readCursor(trackingCursor, cursor);
    const rows = await listUploads(context.database.db, { state, before, limit });
    return {
      rows: rows.map((row) => ({ ...row, carrier: row.carrierName ?? row.carrier })),
      next: nextAfter(rows, limit, ({ at, orderKey, shipmentId }) =>
        writeCursor({ at, orderKey, shipmentId }),
      ),
    };
  });
  serve(api, contract.resendTracking, async ({ params, body: { shipmentId, reason }, caller }) => ({
    parcels: await resendTracking(
      context,
      { orderKey: keyOf(params), shipmentId },
      { by: caller.name, reason },
    ),
  }));
}
