import type { WmsAdapter, WmsOrder } from '../../../activities/wms/wms';
import type { WmsBench } from './bench';

/** What an adapter says of an order before anything is sent. */
export function previewContract(bench: WmsBench, adapter: WmsAdapter): void {
  const order = (recipient: Partial<WmsOrder['recipient']> = {}): WmsOrder => {
    const [good] = bench.orders(1);
    if (good === undefined) throw new Error('no order');
    return { ...good, recipient: { ...good.recipient, ...recipient } };
  };

  it('has nothing against an order that it takes', () => {
    expect(adapter.preview(order())).toEqual([]);
  });

  it('names the field that is missing or too long, and not what it holds', () => {
    expect(adapter.preview(order({ name: '' })).join()).toContain('recipient.name');
    const long = adapter.preview(order({ address: '서울특별시 강남구 '.repeat(200) })).join();
    expect(long).toContain('recipient.address');
    expect(long).not.toContain('강남구');
  });

  it('sends nothing', async () => {
    const before = await bench.ledger();
    adapter.preview(order());
    expect((await bench.ledger()).list).toHaveLength(before.list.length);
  });
}
