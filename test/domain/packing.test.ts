import { banOf, keptApart, type PackedPiece, windowOf } from '../../domain/packing';

const NO_LIMITS = { mostOrders: null, mostPieces: null };
const piece = (given: Partial<PackedPiece> = {}): PackedPiece => ({
  orderKey: 'coupang/1',
  channel: 'coupang',
  configuration: 'SET',
  itemCode: 'I-A',
  pieces: 1,
  to: 'wms',
  ...given,
});
const ban = (given: object) => ({
  id: 1,
  channel: '',
  itemCode: '',
  configuration: '',
  reason: '유리',
  ...given,
});

describe('what keeps orders apart', () => {
  it.each([
    ['of a channel', { channel: 'coupang' }],
    ['of an item', { itemCode: 'I-A' }],
    ['of a configuration', { configuration: 'SET' }],
    ['of an item on a channel', { itemCode: 'I-A', channel: 'coupang' }],
  ])('is a rule %s', (_, given) => {
    expect(banOf([ban(given)], [piece({ itemCode: 'I-B', configuration: '' }), piece()])).toMatchObject(
      given,
    );
  });

  it('is no rule of an item on another channel, though both are there, apart', () => {
    const pieces = [piece({ channel: '11st' }), piece({ itemCode: 'I-B' })];
    expect(banOf([ban({ itemCode: 'I-A', channel: 'coupang' })], pieces)).toBeUndefined();
  });

  it('is that they go to several WMSes, or nobody knows of one where', () => {
    expect(keptApart([piece(), piece({ to: 'other' })], [], NO_LIMITS)).toEqual({ why: 'wms' });
    expect(keptApart([piece(), piece({ to: null })], [], NO_LIMITS)).toEqual({ why: 'wms' });
    expect(keptApart([piece(), piece()], [], NO_LIMITS)).toBeUndefined();
  });

  it('is that there are too many orders, or pieces', () => {
    const both = [piece({ pieces: 2 }), piece({ orderKey: '11st/1', pieces: 3 })];
    expect(keptApart(both, [], { mostOrders: 2, mostPieces: 5 })).toBeUndefined();
    expect(keptApart(both, [], { mostOrders: 1, mostPieces: null })).toEqual({ why: 'too-many' });
    expect(keptApart(both, [], { mostOrders: null, mostPieces: 4 })).toEqual({ why: 'too-many' });
  });
});

describe('the window of a channel', () => {
  const windows = [
    { channel: '', minutes: 30, ...NO_LIMITS },
    { channel: 'coupang', minutes: 0, ...NO_LIMITS },
  ];

  it('is its own, or else that of all others, or none', () => {
    expect(windowOf(windows, 'coupang').minutes).toBe(0);
    expect(windowOf(windows, '11st').minutes).toBe(30);
    expect(windowOf([], '11st').minutes).toBe(0);
  });
});
