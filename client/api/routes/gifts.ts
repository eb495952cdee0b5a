import type { FastifyInstance } from 'fastify';
import { listGiftRules } from '../../../db/queries/gift-rules';
import { addGiftRule, changeGiftRule, endGifts, showGiftRule } from '../../use-cases/gift-rules';
import { explainGifts, tryGifts } from '../../use-cases/try-gifts';
import type { ApiContext } from '../context';
import * as contract from '../contract/gifts';
import { serve } from '../serve';

export function addGifts(api: FastifyInstance, { database }: ApiContext): void {
  const { db } = database;
  serve(api, contract.listGiftRules, async () => ({ rules: await listGiftRules(db) }));
  serve(api, contract.showGiftRule, ({ params: { id } }) => showGiftRule(db, id));
  serve(api, contract.addGiftRule, async ({ body: { reason, ...terms }, caller }) => ({
    id: await addGiftRule(database, terms, { by: caller.name, reason }),
  }));
  serve(api, contract.changeGiftRule, async ({ params: { id }, body, caller }) => {
    const { reason, version, ...terms } = body;
    const command = { by: caller.name, reason };
    return { version: await changeGiftRule(database, { id, version }, terms, command) };
  });
  serve(api, contract.endGiftRule, async ({ params: { id }, body: { version, reason }, caller }) => {
    await endGifts(database, { id, version }, { by: caller.name, reason });
    return {};
  });
  serve(api, contract.tryGifts, ({ body }) => tryGifts(db, body));
  serve(api, contract.explainGifts, ({ query: { key } }) => explainGifts(db, key));
}
