import type { FastifyInstance } from 'fastify';
import { cutOver, previewCutOver } from '../../use-cases/change-wms';
import { setRoute, showRoutes } from '../../use-cases/routes';
import type { ApiContext } from '../context';
import * as contract from '../contract/routing';
import { serve } from '../serve';

export function addRouting(api: FastifyInstance, context: ApiContext): void {
  const { db } = context.database;
  serve(api, contract.showRoutes, () => showRoutes(db));
  serve(api, contract.setRoute, async ({ body: { reason, ...route }, caller }) => ({
    rematched: await setRoute(context, route, { by: caller.name, reason }),
  }));
  serve(api, contract.previewCutOver, ({ query }) => previewCutOver(db, query));
  serve(api, contract.cutOver, ({ body: { reason, version, ...change }, caller }) =>
    cutOver(context, change, { by: caller.name, reason }, version),
  );
}
