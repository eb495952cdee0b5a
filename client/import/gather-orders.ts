import { identifierOf, isBlank } from '../../activities/sources/upload/read-cell';
import { type CellProblem, OF_THE_ORDER, readRows } from '../../activities/sources/upload/read-rows';
import {
  type Cell,
  type UploadRecord,
  type UploadRow,
  writeRecord,
} from '../../activities/sources/upload/record';
import { orderKey } from '../../domain/order-key';
import { sha256 } from '../../domain/sha256';
import { UPLOAD_FIELDS, type UploadField } from '../../domain/upload-field';
import type { Bodies, Body } from './bodies';
import type { Header } from './find-header';
import { type KeptOrder, keptOrder, type RejectedOrder } from './kept-order';
import { MARKS_TITLE } from './mark-workbook';
import type { SheetRow } from './workbook';

export interface Gathered {
  readonly ready: readonly KeptOrder[];
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
  private readonly orders = new Map<string, KeptOrder | RejectedOrder>();
  private current: { readonly group: string; readonly rows: UploadRow[] } | undefined;
  private readonly hasNumbers: boolean;
  private readonly common: Omit<UploadRecord, 'rows'>;
  private readonly shifted = new Set<number>();
  private fresh: string[] = [];
  rows = 0;

  constructor(
    { template, fields }: Header,
    { file, readAt, from1904 }: FileFacts,
    private readonly bodies: Bodies,
  ) {
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
      this.current = { group, rows: before === undefined ? [] : this.rowsOf(before) };
    }
    this.current.rows.push(row);
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
    const ready: KeptOrder[] = [];
    const problems: CellProblem[] = [];
    let rejectedRows = 0;
    for (const order of this.orders.values()) {
      if ('problems' in order) {
        problems.push(...order.problems);
        rejectedRows += order.rowCount;
      } else ready.push(order);
    }
    this.orders.clear();
    return { ready, problems, rejectedRows };
  }

  private readCurrent(): void {
    if (this.current === undefined) return;
    const { group, rows } = this.current;
    this.current = undefined;
    const number = this.hasNumbers ? {} : { number: madeUpNumber(rows) };
    const record = { ...this.common, ...number, rows };
    const { part, problems: found } = readRows(record);
    const problems = [...this.shiftedAmong(rows), ...found];
    const body = this.keep(group, writeRecord(record));
    if (problems.length === 0) this.fresh.push(orderKey(part.channel, part.orderNumber));
    this.orders.set(
      group,
      problems.length === 0 ? keptOrder(part, rows, body) : { problems, rowCount: rows.length, body },
    );
  }

  /** Most orders come once; one with rows further down is written anew with each of them. */
  private keep(group: string, text: string): Body {
    return this.orders.has(group) ? this.bodies.keepForNow(text) : this.bodies.keep(text);
  }

  /** What {@link writeRecord} has written is in order. */
  private rowsOf({ body }: KeptOrder | RejectedOrder): UploadRow[] {
    const { rows } = JSON.parse(new TextDecoder().decode(this.bodies.get(body))) as UploadRecord;
    return [...rows];
  }

  /** A row whose number is missing or cannot be read is an order, and a problem, of its own. */
  private numberOf({ row, cells }: UploadRow): string {
    try {
      const number = identifierOf(cells.orderNumber);
      return number === '' ? alone(row) : number;
    } catch {
      return alone(row);
    }
  }

  private shiftedAmong(rows: readonly UploadRow[]): CellProblem[] {
    const message =
      'may be in the wrong column: the row has more cells than the header; a comma needs quotation marks';
    return rows.flatMap(({ row }) => (this.shifted.has(row) ? [{ row, field: 'address', message }] : []));
  }
}

/** The same text, which does not keep the longer one alive that it was cut from. */
function detached(cell: Cell): Cell {
  return typeof cell === 'string' ? Buffer.from(cell).toString() : cell;
}

/** A group of one row; no number or recipient has a line break. */
function alone(row: number): string {
  return `row\n${row}`;
}

function recipientOf({ row, cells }: UploadRow): string {
  if (isBlank(cells.name)) return alone(row);
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
