import type { Told } from '../../../domain/claim';
import { UndecodableRecord } from '../../../domain/errors';
import type { OrderLine, OrderPart } from '../../../domain/order';
import { seoulTime } from '../../../domain/seoul';
import { checkedPart, countOf, type FieldNames, oneLine, wonOf } from '../order-part';
import { decodeClaim } from './decode-claim';
import { type Read, type RecordRows, readRows } from './rows';
import type { ElevenstSettings } from './settings';

const FIELD_OF: FieldNames = {
  channel: 'channel',
  orderNumber: 'ordNo',
  orderedAt: 'ordDt',
  name: 'rcvrNm',
  phone: 'rcvrPrtblNo',
  phone2: 'rcvrTlphn',
  postcode: 'rcvrMailNo',
  address: 'rcvrBaseAddr',
  deliveryMessage: 'ordDlvReqCont',
  shippingFee: 'dlvCst',
  shipBy: 'dlvSndDue',
  lines: 'ordPrdSeq',
  lineNumber: 'ordPrdSeq',
  deal: 'prdNm',
  option: 'slctPrdOptNm',
  quantity: 'ordQty',
  cancelledQuantity: 'ordQty',
  amount: 'ordAmt',
  discount: 'lstSellerDscPrc',
  listing: 'prdStckNo',
};

/**
 * One row of a list: a line of an order, or a claim on one.
 *
 * @throws UndecodableRecord naming the field in 11st's spelling, without personal data.
 */
export function decode(body: Uint8Array, settings: ElevenstSettings): Told {
  const rows = readRows(body, settings.encoding);
  const isClaim = ['ordPrdCnSeq', 'clmReqSeq'].some((field) => rows.row(field) !== '');
  return isClaim ? decodeClaim(rows.row, settings) : decodeLine(rows, settings);
}

function decodeLine({ row, state }: RecordRows, { channel }: ElevenstSettings): OrderPart {
  refuseWhatWeDoNotShip(row);
  if (state === undefined) throw new UndecodableRecord('orderlistall', 'tells nothing of this line');
  return checkedPart(
    {
      channel,
      orderNumber: row('ordNo'),
      orderedAt: seoulTime(row('ordDt')),
      recipient: recipientOf(row),
      shippingFee: feeOf(row),
      shipBy: shipByOf(row),
      lines: [lineOf(row, countOf('orderlistall ordQty', state('ordQty')))],
    },
    FIELD_OF,
  );
}

/** Sent all the same, it would come twice or to nobody. */
function refuseWhatWeDoNotShip(row: Read): void {
  if (row('visitDlvYn') === 'Y') throw new UndecodableRecord('visitDlvYn', 'Y: the customer fetches it');
  if (row('use11stRetailYn') === 'Y')
    throw new UndecodableRecord('use11stRetailYn', "Y: 11st's own warehouse ships it");
}

function recipientOf(row: Read): OrderPart['recipient'] {
  const mobile = row('rcvrPrtblNo');
  const landline = row('rcvrTlphn');
  return {
    name: oneLine(row('rcvrNm')),
    phone: mobile || landline,
    phone2: mobile && landline && landline !== mobile ? landline : null,
    postcode: row('rcvrMailNo'),
    address: oneLine(`${row('rcvrBaseAddr')} ${row('rcvrDtlsAddr')}`),
    deliveryMessage: oneLine(row('ordDlvReqCont')) || null,
  };
}

/** 01: paid with the order. 02 is paid to the carrier, 03 free. */
function feeOf(row: Read): bigint {
  // The order asked for by its number has lstDlvCst only.
  const paid = row('dlvCstType') === '01' ? row('dlvCst') || row('lstDlvCst') : '';
  const remote = row('bmDlvCstType') === '01' ? row('bmDlvCst') : '';
  return wonOf('dlvCst', paid || '0') + wonOf('bmDlvCst', remote || '0');
}

/** The day that was promised with the order, or told to the customer when that could not be kept. */
function shipByOf(row: Read): Date | null {
  const due = row('delaySendDt') || row('dlvSndDue');
  // Assumed: without a time of day, the whole day is meant.
  return due === '' ? null : seoulTime(due.replace(/ 00:00:00$/, ' 23:59:59'));
}

function lineOf(row: Read, quantity: number): OrderLine {
  const left = countOf('ordQty', row('ordQty'));
  if (left > quantity)
    throw new UndecodableRecord('ordQty', `${left} is more than the ${quantity} that were ordered`);
  const [prdNo, prdStckNo] = [row('prdNo'), row('prdStckNo')];
  return {
    lineNumber: row('ordPrdSeq'),
    deal: oneLine(row('prdNm')),
    option: optionOf(row('slctPrdOptNm')),
    quantity,
    cancelledQuantity: quantity - left,
    amount: ofAll(wonOf('ordAmt', row('ordAmt')), left, quantity),
    // Assumed: of the whole line, as ordAmt is; what 11st itself bears (lstTmallDscPrc) is not ours.
    discount: ofAll(wonOf('lstSellerDscPrc', row('lstSellerDscPrc') || '0'), left, quantity),
    listing: prdNo && prdStckNo ? `${prdNo}-${prdStckNo}` : null,
  };
}

/** The guide: amounts are of the pieces that are left; the standard form wants those of all that were ordered. */
function ofAll(ofTheRest: bigint, left: number, quantity: number): bigint {
  const half = BigInt(Math.floor(left / 2));
  return (ofTheRest * BigInt(quantity) + half) / BigInt(left);
}

/** 11st appends the number of pieces (`색상:아이보리-2개`), and shows nothing else where there is no option (`2개`). */
function optionOf(text: string): string {
  const matched = /^(?:(.*)-)?\d+개$/s.exec(text);
  return oneLine(matched ? (matched[1] ?? '') : text);
}
