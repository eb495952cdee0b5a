import { orUnavailable } from '../../json-call';
import { OutsideUnavailable } from '../../outcome';
import type { ListingStock, Reply } from '../source';
import { elementsIn, xmlBytes } from '../xml-records';
import type { Account } from './account';
import { type Called, inTurn, judged, notReceived, notSent } from './in-turn';
import { tokenIn } from './rows';

/** `<상품번호>-<재고번호>`, as the lines of orders tell it. */
const LISTING = /^(\d{1,30})-(\d{1,30})$/;

/** 재고수량 변경, one call a listing. */
export async function pushStock(account: Account, levels: readonly ListingStock[]): Promise<Reply[]> {
  const called = await inTurn(levels.map((level) => () => pushOne(account, level)));
  return called.map(({ verdict, exchange }) => ({
    outcome: verdict.kind === 'look-up' ? { kind: 'refused', reason: verdict.reason } : verdict,
    exchange,
  }));
}

async function pushOne(account: Account, { listing, quantity }: ListingStock): Promise<Called> {
  const [, prdNo = '', prdStckNo = ''] = LISTING.exec(listing) ?? [];
  const weight = prdNo === '' ? undefined : await orUnavailable(weightOf(account, prdNo, prdStckNo));
  if (weight instanceof OutsideUnavailable) return notSent(notReceived(weight));
  if (weight === undefined)
    return notSent({ kind: 'refused', reason: `11st: no listing ${listing} in this account` });
  const level = { prdNo, prdStckNo, stckQty: String(quantity), optWght: weight };
  const fields = Object.entries(level).map(([name, value]) => `<${name}>${value}</${name}>`);
  const body = `<?xml version="1.0" encoding="EUC-KR"?><ProductStock>${fields.join('')}</ProductStock>`;
  return judged(await account.write(`prodservices/stockqty/${prdStckNo}`, body));
}

/**
 * The weight stands beside the number of pieces and has to be written with it.
 *
 * @returns undefined where the account has no such option.
 * @throws OutsideUnavailable when 11st did not answer.
 */
async function weightOf(account: Account, prdNo: string, prdStckNo: string): Promise<string | undefined> {
  const answer = xmlBytes(await account.read(`prodmarketservice/prodmarket/stck/${prdNo}`));
  const options = elementsIn(answer, 'ns2:ProductStock', { start: 0, end: answer.latin.length }).map(
    ({ start, end }) => tokenIn(answer.bytes.subarray(start, end)),
  );
  const option = options.find((token) => token('prdStckNo') === prdStckNo);
  if (options.length === 0) account.expectNoSuchProduct(answer.bytes);
  return option && (option('optWght') ?? '');
}
