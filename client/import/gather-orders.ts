import { identifierOf, isBlank } from '../../activities/sources/upload/read-cell';
import { type CellProblem, OF_THE_ORDER, readRows } from '../../activities/sources/upload/read-rows';
import {
  type Cell,
  type UploadRecord,
  type UploadRow,
  writeRecord,
} from '../../activities/sources/upload/record';
import type { OrderPart } from '../../domain/order';
import { orderKey } from '../../domain/order-key';
import { sha256 } from '../../domain/sha256';
import { UPLOAD_FIELDS, type UploadField } from '../../domain/upload-field';
import type { Header } from './find-header';
import { MARKS_TITLE } from './mark-workbook';
import type { SheetRow } from './workbook';

/** An order of a file that is ready to be stored. */
export interface ReadyOrder {
  readonly key: string;
  readonly channel: string;
  readonly orderNumber: string;
  readonly orderedAt: Date;
  /** Its rows in the file, the first one first. */
  readonly rows: readonly number[];
  readonly body: Uint8Array;
}

type GatheredOrder = ReadyOrder | (Pick<ReadyOrder, 'rows' | 'body'> & { readonly problems: CellProblem[] });

export interface Gathered {
  readonly ready: readonly ReadyOrder[];
  readonly problems: readonly CellProblem[];
  /** Rows of orders that have a problem. */
  readonly rejectedRows: number;
}

/** What all orders of a file have in common. */
export interface FileFacts {
  readonly file: string;
  readonly readAt: Date;
  readonly from1904: boolean;
}

/** A row of the file by what its columns mean. */
export function asUploadRow({ row, cells }: SheetRow, { fields, words }: Header): UploadRow {
  const known: Partial<Record<UploadField, Cell>> = {};
  const remarks: Record<string, Cell> = {};
  for (const [column, cell] of cells.entries()) {
    if (cell === undefined) continue;
    const field = fields.get(column);
    if (field !== undefined) known[field] = field === 'orderNumber' ? detached(cell) : cell;
    // What was wrong when it was marked is no remark of whoever mended it.
    else if (words[column] !== MARKS_TITLE) remarks[words[column] || `column ${column + 1}`] = cell;
  }
  return { row, cells: known, remarks };
}

/**
 * Rows into orders: those of one number, or where the file has no numbers, of one recipient. What is gathered is
 * kept as bytes: a row's texts would keep the whole text alive that they were cut from.
 */
export class Gathering {
  private readonly orders = new Map<string, GatheredOrder>();
  private current: { readonly group: string; readonly record: UploadRecord } | undefined;
  private readonly hasNumbers: boolean;
  private readonly common: Omit<UploadRecord, 'rows'>;
  private readonly shifted = new Set<number>();
  private fresh: string[] = [];
  rows = 0;

  constructor({ template, fields }: Header, { file, readAt, from1904 }: FileFacts) {
    this.hasNumbers = [...fields.values()].includes('orderNumber');
    this.common = {
      file,
      template: template.name,
      channel: template.channel,
      sample: template.sample,
      readAt: readAt.toISOString(),
      ...(from1904 ? { from1904: true } : {}),
    };
  }

  /** @param isShifted its cells may stand in the wrong columns. */
  add(row: UploadRow, isShifted: boolean): void {
    this.rows += 1;
    if (isShifted) this.shifted.add(row.row);
    const group = this.hasNumbers ? this.numberOf(row) : recipientOf(row);
    if (this.current?.group !== group) {
      this.readCurrent();
      // Further rows of an order that stands higher up: it is read once more, with these.
      const before = this.orders.get(group);
      this.current = {
        group,
        record: before === undefined ? { ...this.common, rows: [] } : asWritten(before.body),
      };
    }
    this.current.record.rows.push(row);
  }

  /** Of the orders that have become ready since this was asked last; more rows may spoil them yet. */
  takeKeys(): readonly string[] {
    const keys = this.fresh;
    this.fresh = [];
    return keys;
  }

  /** What was added, as orders that are ready and what is wrong with the others. */
  finish(): Gathered {
    this.readCurrent();
    const ready: ReadyOrder[] = [];
    const problems: CellProblem[] = [];
    let rejectedRows = 0;
    for (const order of this.orders.values()) {
      if ('problems' in order) {
        problems.push(...order.problems);
        rejectedRows += order.rows.length;
      } else ready.push(order);
    }
    this.orders.clear();
    return { ready, problems, rejectedRows };
  }

  private readCurrent(): void {
    if (this.current === undefined) return;
    const { group } = this.current;
    const number = this.hasNumbers ? {} : { number: madeUpNumber(this.current.record.rows) };
    const record = { ...this.current.record, ...number };
    this.current = undefined;
    const { part, problems } = readRows(record);
    const wrong = [...this.shiftedAmong(record.rows), ...problems];
    const rows = record.rows.map(({ row }) => row);
    const body = writeRecord(record);
    if (wrong.length > 0) this.orders.set(group, { problems: wrong, rows, body });
    else {
      const order = readyOrder(part, rows, body);
      this.orders.set(group, order);
      this.fresh.push(order.key);
    }
  }

  /** A row whose number is missing or cannot be read is an order, and a problem, of its own. */
  private numberOf({ row, cells }: UploadRow): string {
    try {
      const number = identifierOf(cells.orderNumber);
      return number === '' ? `row ${row}` : `number ${number}`;
    } catch {
      return `row ${row}`;
    }
  }

  private shiftedAmong(rows: readonly UploadRow[]): CellProblem[] {
    const message =
      'may be in the wrong column: the row has more cells than the header; a comma needs quotation marks';
    return rows.flatMap(({ row }) => (this.shifted.has(row) ? [{ row, field: 'address', message }] : []));
  }
}

/** What {@link writeRecord} has written is in order. */
function asWritten(body: Uint8Array): UploadRecord {
  return JSON.parse(new TextDecoder().decode(body)) as UploadRecord;
}

function readyOrder(
  { channel, orderNumber, orderedAt }: OrderPart,
  rows: readonly number[],
  body: Uint8Array,
): ReadyOrder {
  return { key: orderKey(channel, orderNumber), channel, orderNumber, orderedAt, rows, body };
}

/** The same text, which does not keep the longer one alive that it was cut from. */
function detached(cell: Cell): Cell {
  return typeof cell === 'string' ? Buffer.from(cell).toString() : cell;
}

function recipientOf({ row, cells }: UploadRow): string {
  if (isBlank(cells.name)) return `row ${row}`;
  return JSON.stringify(OF_THE_ORDER.map((field) => cells[field] ?? null));
}

/** The same rows in another file are the same order, also where that file is a CSV. */
export function madeUpNumber(rows: readonly UploadRow[]): string {
  const content = rows.map(({ cells }) =>
    UPLOAD_FIELDS.map((field) => {
      const cell = cells[field];
      return typeof cell === 'object' ? JSON.stringify(cell) : String(cell ?? '');
    }),
  );
  return `F-${sha256(JSON.stringify(content)).slice(0, 20)}`;
}
