import { tryDispatchOrder } from '../../activities/dispatch-order';
import {
  addPackingBan,
  endPackingBan,
  listGroups,
  ordersWith,
  proposeGroups,
  setPackingWindow,
} from '../../client/use-cases/packing';
import { UseCaseError } from '../../client/use-cases/use-case-error';
import { listAudit } from '../../db/queries/audit';
import { listBans, listWindows } from '../../db/queries/packing';
import { openStockShop, type StockShop } from '../support/stock-shop';

const KIM = { by: 'kim', reason: '한 상자로' };

describe('what a person sees of orders that may go together', () => {
  let shop: StockShop;
  beforeAll(async () => {
    shop = await openStockShop();
  });
  afterAll(() => shop.close());

  const db = () => shop.database.db;

  it('is each pair whose receivers are nearly the same, with the difference, and nobody’s name in full', async () => {
    const { id: wms } = await shop.warehouse('on-hand');
    const address = '서울 강남구 테헤란로 152 101동 1203호';
    const order = (to: object) =>
      shop.order({ wms, lines: [['A', 1]], to: { name: '김하늘', phone: '010-1234-5678', address, ...to } });
    const [a, flat, phone] = [
      await order({}),
      await order({ address: address.replace('1203', '1204') }),
      await order({ phone: '010-9999-0000' }),
    ];
    await order({ name: '박바다', phone: '010-7777-0000' });
    await order({ name: '김 하늘' });
    const found = (await proposeGroups(db())).filter(({ orderKey }) => orderKey === a);
    expect(found).toEqual([
      { orderKey: a, other: flat, difference: { differs: 'address', here: '1203', there: '1204' } },
      {
        orderKey: a,
        other: phone,
        difference: { differs: 'phones', here: '***-****-5678', there: '***-****-0000' },
      },
    ]);
  });

  it('is what waits for companions, and with whom', async () => {
    const { id: wms } = await shop.warehouse('on-hand');
    const window = { channel: wms, minutes: 30, mostOrders: null, mostPieces: 9 };
    await setPackingWindow(shop.database, window, KIM);
    expect(await listWindows(db())).toMatchObject([{ ...window, setBy: 'kim' }]);
    const keys = [await shop.order({ wms, lines: [['A', 1]] }), await shop.order({ wms, lines: [['B', 1]] })];
    for (const key of keys) await tryDispatchOrder(shop.deps, key);
    expect(await listGroups(db())).toMatchObject([{ orders: keys.toSorted(), recipient: { name: '홍*동' } }]);
    expect(await ordersWith(db(), keys[0] ?? '')).toMatchObject([{ state: 'ready', with: [keys[1]] }]);
    const audit = await listAudit(db(), { action: 'packing.window' }, { limit: 1 });
    expect(audit).toMatchObject([{ actor: 'kim', reason: KIM.reason }]);
  });

  it('are rules, which are ended and kept; one that names nothing, or what is not there, is none', async () => {
    const ban = { channel: '', itemCode: 'I-A', configuration: '', reason: '유리', madeBy: 'kim' };
    const id = await addPackingBan(shop.database, ban);
    expect(await listBans(db())).toMatchObject([{ id, itemCode: 'I-A' }]);
    for (const wrong of [{ itemCode: 'NONE' }, { itemCode: '' }, { configuration: 'NONE' }])
      await expect(addPackingBan(shop.database, { ...ban, ...wrong })).rejects.toThrow(UseCaseError);
    await endPackingBan(shop.database, id, KIM);
    expect(await listBans(db())).toEqual([]);
    await expect(endPackingBan(shop.database, id, KIM)).rejects.toThrow(UseCaseError);
  });
});
