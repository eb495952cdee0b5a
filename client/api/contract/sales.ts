import { z } from 'zod';
import { WHOLE_RATE } from '../../../domain/fee';
import { COMPARISONS } from '../../../domain/period';
import { SALES_BY, SALES_FIGURES, SALES_VIEWS } from '../../../domain/sale';
import { contract } from './route';
import { code, day, download, month, nothing, reason, time, won } from './values';

const bookDay = day.refine((text) => text >= '2000-01-01' && text < '2100-01-01', 'a day of 2000 to 2099');
const period = { from: bookDay, to: bookDay };

const salesQuery = z.object({
  ...period,
  by: z.enum(SALES_BY).default('day'),
  /** As many days before, or the same days a year before. */
  against: z.enum(COMPARISONS).default('none'),
});

const figures = z.object({
  /** Pieces. */
  quantity: z.number().int(),
  returned: z.number().int(),
  gross: won,
  /** Negative. */
  returns: won,
  /** Gross and returns. */
  amount: won,
});

export const readSales = contract({
  method: 'GET',
  path: '/api/sales',
  summary: 'Sales of a period of Seoul days, broken down, beside those of an earlier period',
  role: 'viewer',
  query: salesQuery,
  response: z.object({
    by: z.enum(SALES_BY),
    from: day,
    to: day,
    rows: z.array(
      figures.extend({ key: z.string(), name: z.string().nullable(), earlier: figures.nullable() }),
    ),
    total: figures,
    earlier: z.object({ from: day, to: day, total: figures }).nullable(),
  }),
});

export const exportSales = contract({
  method: 'GET',
  path: '/api/sales/export',
  summary: 'The same as an Excel workbook; who took it is in the audit trail',
  role: 'viewer',
  query: salesQuery,
  response: download,
});

const crossQuery = z.object({
  ...period,
  /** A row for each. */
  by: z.enum(SALES_BY).default('item'),
  /** A column for each. */
  across: z.enum(SALES_BY).default('channel'),
});

const crossed = z.object({ key: z.string(), name: z.string().nullable(), total: figures });

export const crossSales = contract({
  method: 'GET',
  path: '/api/sales/cross',
  summary: 'Sales of a period of Seoul days, broken down twice: a row and a column for each',
  role: 'viewer',
  query: crossQuery,
  response: z.object({
    by: z.enum(SALES_BY),
    across: z.enum(SALES_BY),
    from: day,
    to: day,
    columns: z.array(crossed),
    /** One cell for each column; null: nothing. */
    rows: z.array(crossed.extend({ cells: z.array(figures.nullable()) })),
    total: figures,
  }),
});

export const exportCrossedSales = contract({
  method: 'GET',
  path: '/api/sales/cross/export',
  summary: 'One figure of the same as an Excel workbook; who took it is in the audit trail',
  role: 'viewer',
  query: crossQuery.extend({ figure: z.enum(SALES_FIGURES).default('amount') }),
  response: download,
});

const differences = z.array(
  z.object({
    view: z.enum(SALES_VIEWS),
    /** The day in Seoul, or the month. */
    day: day.or(month),
    /** What the sum is of; what it is not broken down by is empty. */
    channel: z.string(),
    source: z.string(),
    configuration: z.string(),
    item: z.string(),
    /** How much more the ledger has. */
    sold: z.number().int(),
    returned: z.number().int(),
    gross: won,
    returns: won,
  }),
);

export const checkSales = contract({
  method: 'GET',
  path: '/api/sales/check',
  summary: 'Where the sums by day and month, which reports come from, are not what the ledger adds up to',
  role: 'viewer',
  response: z.object({ differences }),
});

export const mendSales = contract({
  method: 'POST',
  path: '/api/sales/mend',
  summary: 'Make the sums by day and month anew from the ledger; bookings wait meanwhile',
  role: 'manager',
  body: z.object({ reason }),
  response: z.object({ mended: differences }),
});

export const readSettlements = contract({
  method: 'GET',
  path: '/api/sales/settlements',
  summary: 'What channels keep of the sales of a period, and what they are to pay when',
  role: 'viewer',
  query: z.object(period),
  response: z.object({
    from: day,
    to: day,
    channels: z.array(
      z.object({
        channel: z.string(),
        net: won,
        fee: won,
        settlement: won,
        /** Of days that no fee rule says anything of. */
        unknown: won,
      }),
    ),
    due: z.array(z.object({ day, channel: z.string(), settlement: won })),
  }),
});

const feeRule = {
  /** Hundredths of a percent. */
  rate: z.number().int().min(0).max(WHOLE_RATE),
  settlementDays: z.number().int().min(0).max(365),
};

export const listFeeRules = contract({
  method: 'GET',
  path: '/api/fee-rules',
  summary: 'What each channel keeps of its sales from which day on',
  role: 'viewer',
  response: z.object({
    rows: z.array(
      z.object({
        channel: z.string(),
        validFrom: day,
        ...feeRule,
        version: z.number().int(),
        changedBy: z.string(),
        changedAt: time,
      }),
    ),
  }),
});

const rulePath = { path: '/api/fee-rules/:channel/:validFrom', role: 'manager' } as const;
const ruleParams = z.object({ channel: code, validFrom: bookDay });
/** Of the rule that was looked at; 0: there was none. */
const version = z.number().int().min(0);

export const saveFeeRule = contract({
  ...rulePath,
  method: 'PUT',
  summary: 'Set what a channel keeps from a day on',
  params: ruleParams,
  body: z.object({ ...feeRule, version, reason }),
  response: nothing,
});

export const removeFeeRule = contract({
  ...rulePath,
  method: 'DELETE',
  summary: 'Remove a fee rule: the one before it goes on',
  params: ruleParams,
  body: z.object({ version, reason }),
  response: nothing,
});
