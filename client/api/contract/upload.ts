import { z } from 'zod';
import { UPLOAD_FIELDS } from '../../../domain/upload-field';
import { contract } from './route';
import { code, download, fileBytes, nothing, pageOf, pageQuery, reason, rowId, time } from './values';

/** As spreadsheets name columns: A to GR, the two hundredth. */
const column = z.string().regex(/^[A-Z]{1,2}$/u, 'a column as spreadsheets name it, as B or AC');
const field = z.enum(UPLOAD_FIELDS);
const header = z.string().trim().min(1).max(100);
const sheet = z.string().min(1).max(100);
const fileName = z.string().trim().min(1).max(255);

const columns = z.array(z.object({ header, field })).min(1).max(UPLOAD_FIELDS.length);

const template = z.object({
  name: code,
  channel: code,
  /** Its orders carry no revenue. */
  sample: z.boolean(),
  columns,
  updatedBy: z.string(),
  updatedAt: time,
});

export const listTemplates = contract({
  method: 'GET',
  path: '/api/uploads/templates',
  summary: 'How kinds of files are read: which header means what',
  role: 'viewer',
  response: z.object({ rows: z.array(template) }),
});

const templateParams = z.object({ name: code });

export const saveTemplate = contract({
  method: 'PUT',
  path: '/api/uploads/templates/:name',
  summary: 'Keep how a kind of file is read',
  role: 'operator',
  params: templateParams,
  body: z.object({
    channel: code,
    sample: z.boolean(),
    columns,
    /** When the template that it replaces was saved; null: there is none. */
    replaces: time.nullable(),
    reason,
  }),
  response: nothing,
});

export const emptyFile = contract({
  method: 'GET',
  path: '/api/uploads/templates/:name/file',
  summary: 'An empty workbook with the header of a template, to be filled in',
  role: 'viewer',
  params: templateParams,
  response: download,
});

const correction = z.object({
  row: z.number().int().min(1).max(1_048_576),
  column,
  value: z.string().max(2_000),
});

const problem = z.object({
  row: z.number().int(),
  /** Null where the file has no such column. */
  column: column.nullable(),
  header: z.string().nullable(),
  field,
  /** Goes on from the column's name. */
  says: z.string(),
});

const shownRow = z.object({ row: z.number().int(), cells: z.array(z.string()) });

const draft = z.object({
  id: z.number().int(),
  version: z.number().int(),
  fileName: z.string(),
  /** It is dropped then. */
  expiresAt: time,
  template: code.nullable(),
  sheet: z.string().nullable(),
  corrections: z.array(correction),
  /** Null where no template fits. */
  found: z
    .object({
      template: code,
      channel: code,
      sample: z.boolean(),
      sheet: z.string().nullable(),
      encoding: z.string().nullable(),
      headerRow: z.number().int(),
      columns: z.array(z.object({ column, header: z.string(), field: field.nullable() })),
      rows: z.number().int(),
      /** That can be taken in. */
      orders: z.number().int(),
      /** That were taken in before. */
      knownOrders: z.number().int(),
      /** Rows of orders with a problem. */
      rejectedRows: z.number().int(),
      problemCount: z.number().int(),
      /** The first five hundred. */
      problems: z.array(problem),
      /** The rows that these are in. */
      badRows: z.array(shownRow),
    })
    .nullable(),
  /** What the file looks like, where no template fits. */
  outline: z
    .object({
      why: z.string(),
      sheet: z.string().nullable(),
      headerRow: z.number().int(),
      columns: z.array(z.object({ column, header: z.string(), suggested: field.nullable() })),
      examples: z.array(z.array(z.string())),
    })
    .nullable(),
});
export type UploadDraft = z.input<typeof draft>;
export type UploadProblem = z.input<typeof problem>;
export type Correction = z.input<typeof correction>;

/** What a file may have; beyond that it is no list of orders. */
export const FILE_BYTES = 50 * 1024 * 1024;

export const checkFile = contract({
  method: 'POST',
  path: '/api/uploads/drafts',
  summary:
    'Check a file (.xlsx, or CSV in UTF-8 or EUC-KR); it is kept for a day, so that it can be mended and taken in',
  role: 'operator',
  answersOnce: true,
  perMinute: 30,
  fileBytes: FILE_BYTES,
  query: z.object({ fileName, template: code.optional(), sheet: sheet.optional() }),
  body: fileBytes,
  response: draft,
});

const draftParams = z.object({ id: rowId });

export const readDraft = contract({
  method: 'GET',
  path: '/api/uploads/drafts/:id',
  summary: 'Check a file that is kept once more; only who gave it may',
  role: 'operator',
  perMinute: 60,
  params: draftParams,
  response: draft,
});

export const mendDraft = contract({
  method: 'PUT',
  path: '/api/uploads/drafts/:id',
  summary:
    'Mend cells of a file that is kept, or say how it is to be read; all corrections, not only the new ones',
  role: 'operator',
  answersOnce: true,
  perMinute: 60,
  params: draftParams,
  body: z.object({
    version: z.number().int(),
    template: code.nullable(),
    sheet: sheet.nullable(),
    corrections: z.array(correction).max(5_000),
  }),
  response: draft,
});

export const commitDraft = contract({
  method: 'POST',
  path: '/api/uploads/drafts/:id/commit',
  summary: 'Take in the orders of a file: all of them or none, or the valid ones only',
  role: 'operator',
  params: draftParams,
  body: z.object({
    /** What was looked at. */
    version: z.number().int(),
    validRowsOnly: z.boolean(),
  }),
  response: z.object({
    uploadId: z.number().int(),
    orders: z.number().int(),
    rejectedRows: z.number().int(),
    /** Journeys that set out at once; the others do within two minutes. */
    started: z.number().int(),
  }),
});

export const readProgress = contract({
  method: 'GET',
  path: '/api/uploads/drafts/:id/progress',
  summary: 'How far a file that is being taken in has come, in orders',
  role: 'operator',
  params: draftParams,
  response: z.object({
    stored: z.number().int().nullable(),
    started: z.number().int().nullable(),
    of: z.number().int().nullable(),
  }),
});

export const markedCopy = contract({
  method: 'GET',
  path: '/api/uploads/drafts/:id/marked',
  summary: 'A copy of the file as it is by now, with its problems marked',
  role: 'operator',
  perMinute: 30,
  params: draftParams,
  response: download,
});

export const dropDraft = contract({
  method: 'DELETE',
  path: '/api/uploads/drafts/:id',
  summary: 'Keep a file no longer',
  role: 'operator',
  params: draftParams,
  response: nothing,
});

const upload = z.object({
  id: z.number().int(),
  fileName: z.string(),
  template: z.string(),
  rows: z.number().int(),
  orders: z.number().int(),
  rejectedRows: z.number().int(),
  madeBy: z.string(),
  madeAt: time,
});

export const listUploads = contract({
  method: 'GET',
  path: '/api/uploads',
  summary: 'The files that were taken in, the newest first',
  role: 'viewer',
  query: pageQuery.extend({ cursor: rowId.optional() }),
  response: pageOf(upload),
});

export const readUpload = contract({
  method: 'GET',
  path: '/api/uploads/:id',
  summary: 'A file that was taken in',
  role: 'viewer',
  params: draftParams,
  response: upload,
});

export const ordersOfUpload = contract({
  method: 'GET',
  path: '/api/uploads/:id/orders',
  summary: 'The orders of a file that was taken in',
  role: 'viewer',
  params: draftParams,
  query: pageQuery.extend({
    cursor: z
      .string()
      .regex(/^[0-9a-f]{32}\/\d{1,7}$/u)
      .optional(),
  }),
  response: pageOf(z.object({ orderKey: z.string() })),
});
