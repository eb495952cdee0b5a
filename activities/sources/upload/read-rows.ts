import type { OrderLine, OrderPart } from '../../../domain/order';
import type { UploadField } from '../../../domain/upload-field';
import { misfitsOf } from '../order-part';
import {
  CellMisfit,
  identifierOf,
  isBlank,
  krwOf,
  momentOf,
  phoneOf,
  piecesOf,
  postcodeOf,
  textOf,
} from './read-cell';
import type { Cell, UploadRecord, UploadRow } from './record';

/** Something that is wrong in a file. */
export interface CellProblem {
  readonly row: number;
  readonly field: UploadField;
  /** Goes on from the column's name; quotes no personal data. */
  readonly message: string;
}

export interface RowsRead {
  /** Of use only where there are no problems. */
  readonly part: OrderPart;
  readonly problems: readonly CellProblem[];
}

/** What all rows of an order say alike; what is left blank in one is what the others say. */
export const OF_THE_ORDER: readonly UploadField[] = [
  'orderedAt',
  'name',
  'phone',
  'phone2',
  'postcode',
  'address',
  'addressDetail',
  'deliveryMessage',
];

/** One order's rows in the standard form, and everything in them that does not fit. */
export function readRows(record: UploadRecord): RowsRead {
  const reader = new Reader(record);
  const { channel, rows } = record;
  const text = (field: UploadField) => reader.ofOrder(field, textOf) ?? '';
  const [address, detail] = [text('address'), text('addressDetail')];
  const part: OrderPart = {
    channel,
    orderNumber: record.number ?? reader.ofOrder('orderNumber', identifierOf) ?? '',
    orderedAt: reader.ofOrder('orderedAt', reader.moment) ?? new Date(record.readAt),
    recipient: {
      name: text('name'),
      phone: reader.ofOrder('phone', phoneOf) ?? '',
      phone2: reader.ofOrder('phone2', phoneOf) ?? null,
      postcode: reader.ofOrder('postcode', postcodeOf) ?? '',
      address: detail === '' ? address : `${address} ${detail}`,
      deliveryMessage: text('deliveryMessage') || null,
    },
    shippingFee: highest(rows.map((row) => reader.price(row, 'shippingFee'))),
    shipBy: null,
    lines: rows.map((row, index) => readLine(reader, row, index)),
  };
  reader.compareRows();
  reader.checkLineNumbers(part);
  for (const { path, message } of misfitsOf(part)) reader.misfit(path, message);
  return { part, problems: reader.problems };
}

function readLine(reader: Reader, row: UploadRow, index: number): OrderLine {
  const quantity = reader.read(row, 'quantity', piecesOf, 1);
  const priced = 'unitPrice' in row.cells && !('amount' in row.cells);
  return {
    lineNumber: reader.read(row, 'lineNumber', identifierOf, '') || String(index + 1),
    deal: reader.read(row, 'deal', textOf, ''),
    option: reader.read(row, 'option', textOf, ''),
    quantity,
    cancelledQuantity: 0,
    amount: priced
      ? reader.price(row, 'unitPrice') * BigInt(quantity)
      : reader.price(row, 'amount', { isOwed: true }),
    discount: reader.price(row, 'discount'),
    listing: null,
  };
}

function highest(amounts: readonly bigint[]): bigint {
  return amounts.reduce((most, amount) => (amount > most ? amount : most), 0n);
}

/** The standard form's own names of what the file calls otherwise. */
const FIELD_OF: Readonly<Partial<Record<string, UploadField>>> = {
  name: 'name',
  phone: 'phone',
  phone2: 'phone2',
  postcode: 'postcode',
  address: 'address',
  deliveryMessage: 'deliveryMessage',
  orderNumber: 'orderNumber',
  orderedAt: 'orderedAt',
  shippingFee: 'shippingFee',
  lineNumber: 'lineNumber',
  deal: 'deal',
  option: 'option',
  quantity: 'quantity',
  // None is cancelled, which is more than was ordered only where a quantity is negative.
  cancelledQuantity: 'quantity',
  amount: 'amount',
  discount: 'discount',
};

/** Reads cells and remembers each that does not fit, once. */
class Reader {
  private readonly found = new Map<string, CellProblem>();

  constructor(private readonly record: UploadRecord) {}

  get problems(): CellProblem[] {
    return [...this.found.values()];
  }

  readonly moment = (cell: Cell | undefined) => momentOf(cell, this.record.from1904 === true);

  report(row: number, field: UploadField, message: string): void {
    const key = `${row}/${field}`;
    if (!this.found.has(key)) this.found.set(key, { row, field, message });
  }

  read<T>(
    { row, cells }: UploadRow,
    field: UploadField,
    means: (cell: Cell | undefined) => T,
    otherwise: T,
  ): T {
    try {
      return means(cells[field]);
    } catch (error) {
      if (!(error instanceof CellMisfit)) throw error;
      this.report(row, field, error.message);
      return otherwise;
    }
  }

  /** What the first row says that says anything; undefined where none does. */
  ofOrder<T>(field: UploadField, means: (cell: Cell | undefined) => T): T | undefined {
    const telling = this.record.rows.find(({ cells }) => !isBlank(cells[field]));
    return telling && this.read<T | undefined>(telling, field, means, undefined);
  }

  /** KRW; a sample has no price, whatever its row says. */
  price(row: UploadRow, field: UploadField, { isOwed = false } = {}): bigint {
    if (this.record.sample || (!isOwed && isBlank(row.cells[field]))) return 0n;
    return this.read(row, field, krwOf, 0n);
  }

  /** Rows of one order that are for two people are two orders: which number is wrong, only a person knows. */
  compareRows(): void {
    if (this.record.rows.length === 1) return;
    for (const field of OF_THE_ORDER) {
      const telling = this.record.rows.filter(({ cells }) => !isBlank(cells[field]));
      const [first, ...others] = telling;
      if (first === undefined) continue;
      for (const other of others)
        if (JSON.stringify(other.cells[field]) !== JSON.stringify(first.cells[field]))
          this.report(other.row, field, `differs from row ${first.row} of the same order`);
    }
  }

  /** Two lines of one number would become one. */
  checkLineNumbers({ lines }: OrderPart): void {
    if (lines.length === 1) return;
    const rowOf = new Map<string, number>();
    for (const [index, { lineNumber }] of lines.entries()) {
      const { row = 0 } = this.record.rows[index] ?? {};
      const before = rowOf.get(lineNumber);
      if (before === undefined) rowOf.set(lineNumber, row);
      else this.report(row, 'lineNumber', `is that of row ${before} of the same order`);
    }
  }

  misfit(path: readonly PropertyKey[], message: string): void {
    const { rows } = this.record;
    const [top, index] = path;
    const row = top === 'lines' && typeof index === 'number' ? rows[index] : rows[0];
    const named = FIELD_OF[String(path.at(-1))] ?? 'orderNumber';
    const at = row ?? rows[0];
    // A discount that is not there is more than a price only where that cannot be read.
    if (at === undefined || (named === 'discount' && isBlank(at.cells.discount))) return;
    const says = isBlank(at.cells[named]) && IS_OWED.includes(named) ? 'is missing' : message;
    this.report(at.row, named, says);
  }
}

const IS_OWED: readonly UploadField[] = ['name', 'phone', 'postcode', 'address', 'deal', 'quantity'];
