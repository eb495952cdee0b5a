import type { Claim } from '../../../domain/claim';
import { UndecodableRecord } from '../../../domain/errors';
import { checkedClaim } from '../checked-claim';
import { countOf } from '../order-part';
import { meaningOfClaim } from '../sabangnet/claim-words';
import { hubTime } from '../sabangnet/hub-time';
import { lineNumberIn, mallOf } from './mall-line';
import type { SabangnetXmlSettings } from './settings';

/** The hub's own number of a claim: what tells its records from those of orders. */
export const CLAIM_NUMBER = 'CL_IDX';

/**
 * What is asked of a claim, in the hub's spelling.
 *
 * Assumed: a list of claims takes the fields of the order's line that its documentation does not repeat,
 * MALL_ORDER_SEQ and copy_idx.
 */
export const CLAIM_FIELDS = [
  CLAIM_NUMBER,
  'CLAME_STATUS_GUBUN',
  'CLAME_INS_DATE',
  'IDX',
  'ORDER_ID',
  'MALL_ID',
  'SALE_CNT',
  'MALL_ORDER_SEQ',
  'MALL_ORDER_ID',
  'copy_idx',
] as const;

/**
 * One `<DATA>` of a list of claims: a claim on one line of an order, in the mall's words.
 *
 * Assumed: it is of the whole line, and SALE_CNT the units of it.
 *
 * @throws UndecodableRecord naming the field in the hub's spelling, without personal data.
 */
export function decodeClaim(fields: ReadonlyMap<string, string>, settings: SabangnetXmlSettings): Claim {
  const read = (field: string) => fields.get(field) ?? '';
  const mall = read('MALL_ID');
  const { channel, lineNumberField, claimWords } = mallOf(mall, settings);
  // Named otherwise than the order's own record names it, the line would be none of the order's.
  if (!fields.has(lineNumberField))
    throw new UndecodableRecord(lineNumberField, 'is not told by the list of claims');
  return checkedClaim(
    {
      ...meaningOfClaim(read('CLAME_STATUS_GUBUN'), claimWords, {
        field: 'CLAME_STATUS_GUBUN',
        setting: `malls.${mall}.claimWords`,
      }),
      claimId: read(CLAIM_NUMBER),
      channel,
      orderNumber: read('ORDER_ID'),
      requestedAt: hubTime(read('CLAME_INS_DATE')),
      lines: [
        { lineNumber: lineNumberIn(read, lineNumberField), quantity: countOf('SALE_CNT', read('SALE_CNT')) },
      ],
    },
    {
      claimId: CLAIM_NUMBER,
      channel: 'MALL_ID',
      orderNumber: 'ORDER_ID',
      requestedAt: 'CLAME_INS_DATE',
      lineNumber: lineNumberField,
      quantity: 'SALE_CNT',
    },
  );
}
