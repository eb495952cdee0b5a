import type { UploadField } from '../../domain/upload-field';
import type { Template } from './template';
import { writeTextSheet } from './workbook';

/** Columns that hold long texts. */
const WIDTHS: Readonly<Partial<Record<UploadField, number>>> = {
  orderNumber: 22,
  orderedAt: 20,
  phone: 18,
  phone2: 18,
  address: 50,
  addressDetail: 24,
  deliveryMessage: 30,
  deal: 36,
  option: 26,
};

/** An empty file for a template: its header, above columns in which leading zeros stay. */
export function writeTemplate({ name, columns }: Template): Promise<Buffer> {
  const header = columns.map((column) => column.header);
  return writeTextSheet(
    name,
    [header],
    columns.map(({ field }) => WIDTHS[field] ?? 12),
  );
}
