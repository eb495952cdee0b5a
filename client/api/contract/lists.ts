import { z } from 'zod';
import { LIST_KINDS } from '../../../domain/list-kind';
import { contract } from './route';
import { download, fileBytes, reason } from './values';

const count = z.number().int();
const params = z.object({ kind: z.enum(LIST_KINDS) });

export const exportList = contract({
  method: 'GET',
  path: '/api/lists/:kind/file',
  summary:
    'All items, configurations or matches as an Excel workbook that can be changed and taken in again; who took it is in the audit trail',
  role: 'viewer',
  params,
  response: download,
});

/** A list is no file of orders: a tenth of that is much. */
export const LIST_BYTES = 5 * 1024 * 1024;

export const importList = contract({
  method: 'POST',
  path: '/api/lists/:kind',
  summary:
    'Take in a list (.xlsx, or CSV in UTF-8 or EUC-KR), all of it or nothing; what it does not name stays as it is',
  role: 'manager',
  perMinute: 30,
  fileBytes: LIST_BYTES,
  params,
  query: z.object({
    fileName: z.string().trim().min(1).max(255),
    reason,
    /** `yes`: only say what would be. */
    dryRun: z.enum(['yes', 'no']).default('no'),
  }),
  body: fileBytes,
  response: z.object({
    rows: count,
    changes: z.array(
      z.object({
        row: count,
        name: z.string(),
        /** Null: there was none. */
        before: z.string().nullable(),
        after: z.string(),
      }),
    ),
    /** What is as the file says already. */
    unchanged: count,
    /** Where there is one, nothing is taken in. */
    problems: z.array(
      z.object({
        row: count,
        /** As spreadsheets name it; null where it is not about one cell. */
        column: z.string().nullable(),
        header: z.string().nullable(),
        /** Goes on from the column's name. */
        message: z.string(),
      }),
    ),
    isSaved: z.boolean(),
    /** That carry it to orders in the background. */
    jobs: z.array(count),
  }),
});
