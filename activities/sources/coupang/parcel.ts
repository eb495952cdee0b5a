import type { z } from 'zod';
import { OutsideUnavailable, type Refused } from '../../outcome';
import { cutValue } from '../json-records';
import type { FetchedRecord } from '../source';
import type { Wing } from './client';
import { readable, recordsOf } from './records';
import { boxOfRecord, sheetKind, sheetSchema } from './sheet';

/** What the way back needs to know of a sheet. */
const parcelSchema = sheetSchema.pick({
  shipmentBoxId: true,
  orderId: true,
  status: true,
  orderItems: true,
  invoiceNumber: true,
});

export type Parcel = z.output<typeof parcelSchema>;

/** What Coupang says instead of a sheet whose goods were all taken back. */
const TAKEN_BACK = /취소|반품/;

/**
 * One parcel as it is now.
 *
 * @returns a refusal in Coupang's words, where it shows none.
 * @throws OutsideUnavailable when there was no answer, or one that cannot be read.
 */
export async function readParcel(wing: Wing, recordId: string): Promise<Parcel | Refused> {
  const sheet = await askSheet(wing, recordId);
  if ('kind' in sheet) return sheet;
  const { data, error } = parcelSchema.safeParse(readable(sheet.body));
  if (data !== undefined) return data;
  throw new OutsideUnavailable(`${recordId} cannot be read: ${error.issues[0]?.path.join('.')}`);
}

/**
 * The record as it is now, kept as a list would give it.
 *
 * @returns none for a parcel that was taken back altogether.
 * @throws OutsideUnavailable as {@link readParcel} does, and when Coupang shows none for another reason.
 */
export async function rereadRecord(wing: Wing, recordId: string): Promise<FetchedRecord[]> {
  const sheet = await askSheet(wing, recordId);
  if ('body' in sheet) return recordsOf(sheet.body, sheetKind);
  if (TAKEN_BACK.test(sheet.reason)) return [];
  throw new OutsideUnavailable(`${recordId} is not shown: ${sheet.reason}`);
}

async function askSheet(wing: Wing, recordId: string): Promise<{ readonly body: Uint8Array } | Refused> {
  const answer = await wing.ask(wing.ofVendor(`/ordersheets/${boxOfRecord(recordId)}`));
  if ('refusal' in answer) return { kind: 'refused', reason: answer.refusal };
  const body = cutValue(answer.body, ['data']);
  if (body !== undefined) return { body };
  throw new OutsideUnavailable(`${recordId}: an answer without data`);
}
