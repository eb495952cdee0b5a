import type { FastifyInstance } from 'fastify';
import { differencesOfSales } from '../../../db/queries/check-sales';
import { listFeeRules } from '../../../db/queries/fee-rules';
import { crossSales } from '../../use-cases/cross-sales';
import { exportCrossedSales, exportSales } from '../../use-cases/export-sales';
import { removeFeeRule, saveFeeRule } from '../../use-cases/fee-rules';
import { mendSales } from '../../use-cases/mend-sales';
import { reportSales } from '../../use-cases/report-sales';
import { reportSettlements } from '../../use-cases/report-settlements';
import type { ApiContext } from '../context';
import * as contract from '../contract/sales';
import { serve } from '../serve';
import { serveWorkbook } from '../serve-workbook';

export function addSales(api: FastifyInstance, { database }: ApiContext): void {
  serve(api, contract.readSales, ({ query: { by, against, ...period } }) =>
    reportSales(database.db, by, period, against),
  );
  serveWorkbook(api, contract.exportSales, async ({ query: { by, against, from, to }, caller }) => ({
    name: `sales-by-${by}-${from}-${to}.xlsx`,
    bytes: await exportSales(database.db, by, { from, to }, against, caller.name),
  }));
  serve(api, contract.crossSales, ({ query: { by, across, ...period } }) =>
    crossSales(database.db, by, across, period),
  );
  serveWorkbook(api, contract.exportCrossedSales, async ({ query, caller }) => {
    const { by, across, figure, ...period } = query;
    return {
      name: `sales-by-${by}-and-${across}-${period.from}-${period.to}.xlsx`,
      bytes: await exportCrossedSales(database.db, by, across, period, figure, caller.name),
    };
  });
  serve(api, contract.checkSales, async () => ({ differences: await differencesOfSales(database.db) }));
  serve(api, contract.mendSales, async ({ body: { reason }, caller }) => ({
    mended: await mendSales(database, { by: caller.name, reason }),
  }));
  serve(api, contract.readSettlements, ({ query }) => reportSettlements(database.db, query));
  serve(api, contract.listFeeRules, async () => ({ rows: await listFeeRules(database.db) }));
  serve(api, contract.saveFeeRule, async ({ params, body, caller }) => {
    const { version, reason, ...rule } = body;
    await saveFeeRule(database, { ...params, ...rule }, version, { by: caller.name, reason });
    return {};
  });
  serve(api, contract.removeFeeRule, async ({ params, body, caller }) => {
    await removeFeeRule(database, params, body.version, { by: caller.name, reason: body.reason });
    return {};
  });
}
