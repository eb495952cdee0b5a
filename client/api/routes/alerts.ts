import type { FastifyInstance } from 'fastify';
import { addAlert, changeAlert, removeAlert, showAlerts, testAlert } from '../../use-cases/alerts';
import type { ApiContext } from '../context';
import * as contract from '../contract/alerts';
import { serve } from '../serve';

/** Who is told of new tasks. */
export function addAlerts(api: FastifyInstance, context: ApiContext): void {
  const { database } = context;
  serve(api, contract.listAlerts, async () => ({ alerts: await showAlerts(database) }));
  serve(api, contract.addAlert, async ({ body: { reason, ...given }, caller }) => {
    await addAlert(database, given, { by: caller.name, reason });
    return {};
  });
  serve(api, contract.changeAlert, async ({ params, body: { reason, ...edit }, caller }) => {
    await changeAlert(database, params.name, edit, { by: caller.name, reason });
    return {};
  });
  serve(api, contract.removeAlert, async ({ params, body: { version, reason }, caller }) => {
    await removeAlert(database, params.name, version, { by: caller.name, reason });
    return {};
  });
  serve(api, contract.testAlert, async ({ params }) => testAlert(context, params.name));
}
