import type { FastifyInstance } from 'fastify';
import { listUploadedFiles } from '../../../db/queries/uploads';
import { columnName, columnNumber } from '../../import/cell-name';
import { guessColumns } from '../../import/template';
import { emptyFile, keepTemplate, listTemplates } from '../../use-cases/import-templates';
import * as drafts from '../../use-cases/upload-drafts';
import { listUploadedOrders, requireUpload } from '../../use-cases/uploads';
import type { ApiContext } from '../context';
import type { Returned } from '../contract/route';
import * as contract from '../contract/upload';
import { nextAfter } from '../cursor';
import { RequestRefused } from '../problems';
import { FILE_TYPE, serve } from '../serve';
import { serveWorkbook } from '../serve-workbook';

export function addUpload(api: FastifyInstance, context: ApiContext): void {
  addTemplates(api, context);
  addDrafts(api, context);
  addHistory(api, context);
}

function addTemplates(api: FastifyInstance, { database }: ApiContext): void {
  serve(api, contract.listTemplates, async () => ({
    rows: (await listTemplates(database.db)).map(({ columns, ...rest }) => ({
      ...rest,
      columns: [...columns],
    })),
  }));
  serve(api, contract.saveTemplate, async ({ params, body, caller }) => {
    const { channel, sample, columns, replaces, reason } = body;
    const template = { name: params.name, channel, sample, columns };
    await keepTemplate(database, template, { by: caller.name, reason }, replaces);
    return {};
  });
  serveWorkbook(api, contract.emptyFile, async ({ params: { name } }) => ({
    name: `${name}.xlsx`,
    bytes: await emptyFile(database.db, name),
  }));
}

function addDrafts(api: FastifyInstance, context: ApiContext): void {
  const { database } = context;
  serve(api, contract.checkFile, async ({ query, body, caller }) => {
    if (!Buffer.isBuffer(body)) throw new RequestRefused(415, `Send the file's bytes as ${FILE_TYPE}.`);
    const { fileName: name, template, sheet } = query;
    return shown(await drafts.openDraft(database, { name, bytes: body, template, sheet, by: caller.name }));
  });
  serve(api, contract.readDraft, async ({ params, caller }) =>
    shown(await drafts.checkDraft(database, params.id, caller.name)),
  );
  serve(api, contract.mendDraft, async ({ params, body, caller }) => {
    const corrections = body.corrections.map(({ column, ...rest }) => ({
      ...rest,
      column: columnNumber(column),
    }));
    return shown(await drafts.mendDraft(database, params.id, caller.name, { ...body, corrections }));
  });
  serve(api, contract.commitDraft, async ({ params, body, caller }) =>
    drafts.commitDraft(context, params.id, { ...body, by: caller.name }),
  );
  serve(api, contract.readProgress, async ({ params, caller }) =>
    drafts.draftProgress(database, params.id, caller.name),
  );
  serveWorkbook(api, contract.markedCopy, async ({ params, caller }) => ({
    ...(await drafts.markDraft(database, params.id, caller.name)),
  }));
  serve(api, contract.dropDraft, async ({ params, caller }) => {
    await drafts.dropDraft(database, params.id, caller.name);
    return {};
  });
}

function addHistory(api: FastifyInstance, { database: { db } }: ApiContext): void {
  serve(api, contract.listUploads, async ({ query: { cursor, limit } }) => {
    const rows = await listUploadedFiles(db, cursor, limit);
    return { rows, next: nextAfter(rows, limit, ({ id }) => String(id)) };
  });
  serve(api, contract.readUpload, async ({ params }) => requireUpload(db, params.id));
  serve(api, contract.ordersOfUpload, async ({ params, query: { cursor, limit } }) => {
    const rows = await listUploadedOrders(db, params.id, cursor, limit);
    return {
      rows: rows.flatMap(({ orderKey }) => (orderKey === null ? [] : [{ orderKey }])),
      next: nextAfter(rows, limit, ({ recordId }) => recordId),
    };
  });
}

type Draft = Returned<typeof contract.readDraft>;

function shown({ draft, found, outline }: drafts.CheckedDraft): Draft {
  const { id, version, fileName, expiresAt, template, sheet } = draft;
  return {
    id,
    version,
    fileName,
    expiresAt,
    template,
    sheet,
    corrections: draft.corrections.map(({ column, ...rest }) => ({ ...rest, column: columnName(column) })),
    found: found === null ? null : shownFound(found),
    outline: outline === null ? null : shownOutline(outline),
  };
}

function shownFound(found: drafts.FoundInFile): Draft['found'] {
  const { read, known, problems, problemCount, rejectedRows, rows } = found;
  const { template, sheet, encoding, headerRow, words } = read;
  const fieldOf = new Map(read.columns.map(({ column, field }) => [column, field]));
  // A row of a CSV may go on beyond its header.
  const width = Math.max(words.length, ...rows.map(({ cells }) => cells.length));
  return {
    template: template.name,
    channel: template.channel,
    sample: template.sample,
    sheet,
    encoding,
    headerRow,
    columns: Array.from({ length: width }, (_, column) => ({
      column: columnName(column),
      header: words[column] ?? '',
      field: fieldOf.get(column) ?? null,
    })),
    rows: read.rows,
    orders: read.keys.length - known.size,
    knownOrders: known.size,
    rejectedRows,
    problemCount,
    problems: problems.map(({ message, ...rest }) => ({ ...rest, says: message })),
    badRows: rows.map(({ row, cells }) => ({ row, cells: [...cells] })),
  };
}

function shownOutline(outline: NonNullable<drafts.CheckedDraft['outline']>): Draft['outline'] {
  const { why, sheet, headerRow, words, examples } = outline;
  const guessed = new Map(guessColumns(words, false).map(({ header, field }) => [header, field]));
  return {
    why,
    sheet,
    headerRow,
    columns: words.map((header, column) => ({
      column: columnName(column),
      header,
      suggested: guessed.get(header) ?? null,
    })),
    examples: examples.map((cells) => [...cells]),
  };
}
