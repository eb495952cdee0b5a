import type { FastifyInstance } from 'fastify';
import type { Contract } from './contract/route';
import { type Served, serve } from './serve';

/** A workbook that is handed out. */
export interface HandedOut {
  readonly name: string;
  readonly bytes: Uint8Array;
}

const XLSX_TYPE = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

/** Serves what a contract of a download declares. */
export function serveWorkbook<C extends Contract>(
  api: FastifyInstance,
  declared: C,
  handler: (call: Served<C>) => Promise<HandedOut>,
): void {
  const handOut = async (call: Served<Contract>) => {
    const { name, bytes } = await handler(call as Served<C>);
    // RFC 6266 and RFC 8187: names in Korean, too.
    const disposition = `attachment; filename*=UTF-8''${encodeURIComponent(name).replaceAll("'", '%27')}`;
    return call.reply
      .type(XLSX_TYPE)
      .header('content-disposition', disposition)
      .header('cache-control', 'no-store')
      .send(Buffer.from(bytes));
  };
  serve(api, declared as Contract, handOut, XLSX_TYPE);
}
