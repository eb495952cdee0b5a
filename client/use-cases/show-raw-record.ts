import iconv from 'iconv-lite';
import type { Database } from '../../db/database';
import { type Command, recordAudit } from '../../db/queries/audit';
import { rawRecordById } from '../../db/queries/raw-records';
import { maskRaw } from '../mask-raw';
import { UseCaseError } from './use-case-error';

export interface ShownRecord {
  readonly id: number;
  readonly connectionId: string;
  readonly recordId: string;
  readonly orderKey: string | null;
  readonly receivedAt: Date;
  readonly bytes: number;
  readonly encoding: 'utf-8' | 'cp949';
  readonly text: string;
  readonly masked: boolean;
  /** Only that it came is known any more. */
  readonly erased: boolean;
}

/** Enough to see what is wrong; a record that is larger is no order. */
const SHOWN_BYTES = 64 * 1024;

/**
 * What a source gave us, as a person can read it, with personal data masked.
 *
 * @param reveal who wants to see it all, and why; that is kept.
 * @throws UseCaseError when there is no such record.
 */
export async function showRawRecord({ db }: Database, id: number, reveal?: Command): Promise<ShownRecord> {
  const row = await rawRecordById(db, id);
  if (row === undefined)
    throw new UseCaseError(
      `There is no raw record ${id}: boosta orders show KEY and boosta tasks name them.`,
    );
  if (reveal !== undefined)
    await recordAudit(db, {
      ...reveal,
      action: 'raw.reveal',
      subject: row.orderKey ?? `raw/${id}`,
      detail: { rawRecordId: id },
    });
  const { text, encoding } = decodeForPeople(row.body.subarray(0, SHOWN_BYTES));
  return {
    id,
    connectionId: row.connectionId,
    recordId: row.recordId,
    orderKey: row.orderKey,
    receivedAt: row.receivedAt,
    bytes: row.body.length,
    encoding,
    text: reveal === undefined ? maskRaw(text) : text,
    masked: reveal === undefined,
    erased: row.body.length === 0,
  };
}

/** Korean systems write UTF-8 or CP949 (which they call EUC-KR); text of the one is hardly ever the other. */
export function decodeForPeople(bytes: Uint8Array): { text: string; encoding: 'utf-8' | 'cp949' } {
  try {
    return {
      text: new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: true }),
      encoding: 'utf-8',
    };
  } catch {
    return { text: iconv.decode(Buffer.from(bytes), 'cp949'), encoding: 'cp949' };
  }
}
