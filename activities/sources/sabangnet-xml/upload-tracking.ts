import { UndecodableRecord } from '../../../domain/errors';
import { outcomeOfRows, type RowResult, type RowResults, rawRows } from '../sabangnet/row-results';
import type { Reply, TrackingUpload } from '../source';
import { decodeBytes } from '../wire-text';
import { readFields } from '../xml-fields';
import type { Hub, HubDocument, HubReply } from './hub';

const ENDPOINT = 'xml_order_invoice.html';
const DATA = /<DATA>[\s\S]*?<\/DATA>/g;

/**
 * Registers tracking numbers, all parcels in one call. SEND_INV_EDIT_YN is always Y: with N the hub takes
 * a number only once, so that neither a repeated upload nor a corrected number would get through.
 */
export async function uploadTracking(hub: Hub, uploads: readonly TrackingUpload[]): Promise<Reply[]> {
  if (uploads.length === 0) return [];
  const reply = await hub.call(ENDPOINT, documentOf(hub, uploads));
  const results = reply.result.kind === 'answered' ? rowResults(reply.result.body) : new Map();
  return uploads.map((upload) => ({
    outcome: outcomeOf(hub, upload, reply, results),
    exchange: {
      request: hub.evidence(ENDPOINT, documentOf(hub, [upload])),
      response: evidenceOf(hub, upload, reply, results),
      status: reply.exchange.status,
    },
  }));
}

function documentOf({ settings }: Hub, uploads: readonly TrackingUpload[]): HubDocument {
  return {
    root: 'SABANG_INV_REGI',
    header: { SEND_INV_EDIT_YN: 'Y', RESULT_TYPE: 'XML' },
    data: uploads.flatMap(({ recordIds, carrier, trackingNumber }) =>
      recordIds.map((idx) => ({
        SABANGNET_IDX: idx,
        TAK_CODE: settings.carrierCodes[carrier],
        TAK_INVOICE: trackingNumber.replace(/[\s-]/g, ''),
        DELV_HOPE_DATE: '',
      })),
    ),
  };
}

function rowResults(body: Uint8Array): RowResults {
  const results = new Map<string, RowResult>();
  const latin = Buffer.from(body.buffer, body.byteOffset, body.byteLength).toString('latin1');
  for (const [row] of latin.matchAll(DATA)) {
    const fields = readRow(Buffer.from(row, 'latin1'));
    const idx = fields?.get('SABANGNET_IDX');
    const result = fields?.get('RESULT');
    if (!idx || !result) continue;
    // RESULT_MSG is assumed: the hub's answers about products have it.
    const message = fields?.get('RESULT_MSG') || result;
    const raw = decodeBytes(Buffer.from(row, 'latin1'), 'euc-kr') ?? row;
    results.set(idx, { done: result === 'SUCCESS', message, raw });
  }
  return results;
}

/** Always EUC-KR: LANG is for order lists only. */
function readRow(row: Buffer): ReadonlyMap<string, string> | null {
  try {
    return readFields(row, 'DATA', 'euc-kr');
  } catch (error) {
    if (error instanceof UndecodableRecord) return null;
    throw error;
  }
}

function outcomeOf(hub: Hub, upload: TrackingUpload, reply: HubReply, results: RowResults): Reply['outcome'] {
  const outcome = outcomeOfRows(upload, results) ?? unsettled(hub, reply);
  return outcome.kind === 'refused' ? { ...outcome, reason: hub.withoutKey(outcome.reason) } : outcome;
}

function unsettled(hub: Hub, { result, fetched, exchange }: HubReply): Reply['outcome'] {
  if (result.kind === 'not-received') return result;
  const words = shortWords(exchange.response);
  const reason =
    result.kind === 'unknown'
      ? result.reason
      : hub.withoutKey(`HTTP ${result.status} without a result for it${words ? `: "${words}"` : ''}`);
  if (fetched) return { kind: 'unknown', reason };
  return { kind: 'not-received', reason: `the hub did not fetch the request (${reason})` };
}

function evidenceOf(
  hub: Hub,
  upload: TrackingUpload,
  { exchange }: HubReply,
  results: RowResults,
): string | null {
  const rows = rawRows(upload, results);
  if (rows !== null) return rows;
  return exchange.response === null ? null : hub.withoutKey(exchange.response.slice(0, 2_000));
}

function shortWords(response: string | null): string {
  return (response ?? '')
    .replace(/<[^>]*>/g, ' ')
    .replace(/\s+/g, ' ')
    .trim()
    .slice(0, 120);
}
