import { knownMatches, newDeals } from '../../catalogue';
import type { Route } from '../../stand-in/message';
import { listingOf } from '../order-book';
import { message, Refusal } from './answers';
import type { Shop } from './boxes';

const listings = new Set(
  [...knownMatches, ...newDeals]
    .filter(({ channel }) => channel === 'coupang')
    .map((deal) => listingOf('coupang', deal)),
);

/** 상품 아이템별 수량 변경. */
export function quantityRoute({ book }: Shop): Route {
  return {
    method: 'PUT',
    path: '/v2/providers/seller_api/apis/api/v1/marketplace/vendor-items/:vendorItemId/quantities/:quantity',
    endpoint: 'quantities',
    handle: ({ params: { vendorItemId = '', quantity = '' } }) => {
      if (!/^\d{1,5}$/.test(quantity)) throw new Refusal(400, '유효하지 않은 재고수량입니다.');
      if (!listings.has(vendorItemId))
        throw new Refusal(400, `재고변경에 실패했습니다. [vendoritemid ${vendorItemId} not found]`);
      book.record({ type: 'stock', at: book.clock(), listing: vendorItemId, quantity: Number(quantity) });
      return message(200, { code: 'SUCCESS', message: '재고 변경을 완료했습니다.' });
    },
  };
}
