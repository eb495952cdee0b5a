import type { FastifyInstance } from 'fastify';
import type { Answer } from '../../../activities/answer';
import {
  combineOrders,
  commandOrder,
  moveOrder,
  rematchOrder,
  splitOrder,
} from '../../use-cases/command-order';
import { resendTracking } from '../../use-cases/tracking';
import { UseCaseError } from '../../use-cases/use-case-error';
import type { ApiContext } from '../context';
import * as contract from '../contract/order-commands';
import { keyOf } from '../contract/values';
import { serve } from '../serve';

/** What a person can do to one order; the CLI does the same by the same use cases. */
export function addOrderCommands(api: FastifyInstance, context: ApiContext): void {
  const plain = [
    [contract.holdOrder, 'hold'],
    [contract.releaseOrder, 'release'],
    [contract.cancelOrder, 'cancel'],
    [contract.takeChange, 'takeChange'],
    [contract.separateOrder, 'separate'],
    [contract.sendOrderNow, 'sendNow'],
  ] as const;
  for (const [declared, name] of plain)
    serve(api, declared, async ({ params, body: { reason }, caller }) =>
      carriedOut(await commandOrder(context, name, keyOf(params), { by: caller.name, reason })),
    );
  serve(api, contract.moveOrder, async ({ params, body: { reason, to }, caller }) =>
    carriedOut(await moveOrder(context, keyOf(params), to, { by: caller.name, reason })),
  );
  serve(api, contract.combineOrder, async ({ params, body: { reason, with: others }, caller }) =>
    carriedOut(await combineOrders(context, keyOf(params), { by: caller.name, reason, with: others })),
  );
  serve(api, contract.splitOrder, async ({ params, body: { reason, lines }, caller }) => {
    const command = { by: caller.name, reason, ...(lines === undefined ? {} : { lines }) };
    return carriedOut(await splitOrder(context, keyOf(params), command));
  });
  serve(api, contract.rematchOrder, async ({ params, body: { reason }, caller }) => {
    const { stage, waiting } = await rematchOrder(context, keyOf(params), { by: caller.name, reason });
    return { stage, waiting: waiting ?? null, says: 'It has looked again' };
  });
  serve(api, contract.resendTracking, async ({ params, body: { reason }, caller }) => {
    const filter = { orderKey: keyOf(params) };
    const parcels = await resendTracking(context, filter, { by: caller.name, reason });
    return { says: `${parcels} parcels are told again` };
  });
}

/** What was heard and not done cannot be done as things stand. @throws UseCaseError. */
function carriedOut({ done, says }: Answer): { says: string } {
  if (!done) throw new UseCaseError(`${says}.`);
  return { says };
}
