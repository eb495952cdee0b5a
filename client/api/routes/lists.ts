import type { FastifyInstance } from 'fastify';
import { exportList, importList } from '../../use-cases/exchange-lists';
import type { ApiContext } from '../context';
import * as contract from '../contract/lists';
import { RequestRefused } from '../problems';
import { FILE_TYPE, serve } from '../serve';
import { serveWorkbook } from '../serve-workbook';

export function addLists(api: FastifyInstance, context: ApiContext): void {
  serveWorkbook(api, contract.exportList, async ({ params, caller }) =>
    exportList(context.database.db, params.kind, caller.name),
  );
  serve(api, contract.importList, async ({ params, query, body, caller }) => {
    if (!Buffer.isBuffer(body)) throw new RequestRefused(415, `Send the file's bytes as ${FILE_TYPE}.`);
    const { fileName: name, reason, dryRun } = query;
    const command = { by: caller.name, reason };
    return importList(context, params.kind, { name, bytes: body }, command, dryRun === 'yes');
  });
}
