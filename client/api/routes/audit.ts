import type { FastifyInstance } from 'fastify';
import { auditNames } from '../../../db/queries/audit';
import { readAudit } from '../../use-cases/read-audit';
import type { ApiContext } from '../context';
import * as contract from '../contract/audit';
import { serve } from '../serve';

export function addAudit(api: FastifyInstance, { database }: ApiContext): void {
  serve(api, contract.listAudit, async ({ query: { cursor, ...asked } }) => {
    const before = cursor === undefined ? undefined : Number(cursor);
    const { rows, next } = await readAudit(database.db, { ...asked, before });
    return { rows, next: next === null ? null : String(next) };
  });
  serve(api, contract.readAuditNames, () => auditNames(database.db));
}
