import { UndecodableRecord } from '../../../domain/errors';
import { meaningHash } from '../json-records';
import { isOurStep, meaningOfStatus } from '../sabangnet/order-status';
import type { FetchedRecord } from '../source';
import { type Fields, fieldsOf } from './fields';
import { claimItems, ORDER_ITEMS, orderItems } from './lists';
import type { SabangnetV3Settings } from './settings';

const ID = /^[0-9A-Za-z-]{1,40}$/;

/** A record under the hub's own number; one without is kept under a hash of its bytes, for a person to look at. */
export function toRecord(body: Uint8Array, settings: SabangnetV3Settings): FetchedRecord {
  const named = identify(body, settings);
  if (named !== undefined) return { ...named, body };
  const contentHash = meaningHash(Buffer.from(body).toString('latin1'));
  return { recordId: `response-${contentHash}`, body, contentHash };
}

function identify(
  body: Uint8Array,
  settings: SabangnetV3Settings,
): Pick<FetchedRecord, 'recordId' | 'contentHash'> | undefined {
  try {
    const fields = fieldsOf(body);
    const { claimNumber } = settings.items;
    const isClaim = fields.has(claimNumber);
    const id = fields.read(isClaim ? claimNumber : ORDER_ITEMS.id);
    if (!ID.test(id)) return undefined;
    return isClaim
      ? { recordId: `claim-${id}`, contentHash: meaningHash(claimItems(settings).map(fields.read)) }
      : { recordId: id, contentHash: meaningHash([...meaningOf(fields, settings)]) };
  } catch (error) {
    if (error instanceof UndecodableRecord) return undefined;
    throw error;
  }
}

function meaningOf({ read }: Fields, settings: SabangnetV3Settings): string[] {
  const { status } = ORDER_ITEMS;
  return orderItems(settings).map((item) => (item === status ? lasting(read(item), settings) : read(item)));
}

/**
 * A status as far as it means something: neither what our reading and shipping move on, nor what comes after
 * shipping, which a claim tells.
 */
function lasting(status: string, { statuses, readsClaims }: SabangnetV3Settings): string {
  const meaning = meaningOfStatus(status, statuses);
  const isPassing = meaning === 'open' || isOurStep(status) || (meaning === 'shipped' && readsClaims);
  return isPassing ? '' : status;
}
