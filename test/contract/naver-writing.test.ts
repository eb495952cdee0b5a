import type { Reply, TrackingUpload } from '../../activities/sources/source';
import { CARRIERS } from '../../domain/carrier';
import { orderTold } from '../support/told';
import { NaverSetup, ScriptedNaver } from './naver-setup';
import { tell } from './sources/marketplace-fixture';

const naver = NaverSetup.forEachTest();
const scripted = ScriptedNaver.forEachTest();

/** Naver's own numbers of product orders that nobody takes back, of different orders. */
async function orders(count: number): Promise<string[]> {
  const byOrder = new Map<string, string>();
  for (const { recordId, body } of await naver.live())
    byOrder.set(orderTold(naver.source, body).orderNumber, recordId);
  const ids = [...byOrder.values()].slice(0, count);
  if (ids.length < count) throw new Error('Not so many orders are left');
  return ids;
}
const outcomesOf = (replies: readonly Reply[] = []) => replies.map(({ outcome }) => outcome);
const confirm = async (ids: readonly string[]) => outcomesOf(await naver.source.acknowledge?.(ids));
const parcel = (recordIds: readonly string[], trackingNumber: string): TrackingUpload => ({
  recordIds,
  carrier: 'cj',
  trackingNumber,
  shippedAt: new Date(naver.now),
});
const ship = async (...parcels: TrackingUpload[]) => outcomesOf(await naver.source.uploadTracking(parcels));
const done = { kind: 'done' };

/** What Naver may say to what is so already. */
const repeats = [
  { repeated: 'fails', failCodes: 'own' },
  { repeated: 'fails', failCodes: '9999' },
  { repeated: 'left-out' },
  { repeated: 'succeeds' },
] as const;

describe('confirming', () => {
  test.each(repeats)('what is confirmed already is done ($repeated, $failCodes)', async (settings) => {
    await naver.emit(20);
    await naver.set(settings);
    const ids = await orders(3);
    expect(await confirm(ids.slice(0, 2))).toEqual([done, done]);
    expect(await confirm(ids)).toEqual([done, done, done]);
  });

  test('is judged for each product order', async () => {
    await naver.emit(20);
    const [good = '', cancelled = ''] = await orders(2);
    await cancel(cancelled);
    expect(await confirm(['99999999999999999', cancelled, good])).toEqual([
      { kind: 'refused', reason: expect.stringContaining('100001') },
      { kind: 'refused', reason: expect.stringContaining('it was cancelled') },
      done,
    ]);
  });

  test('that Naver did not do is unknown until it could be looked up', async () => {
    await naver.emit(20);
    const ids = await orders(1);
    await confirm(ids);
    await naver.standIn.setFaults([{ endpoint: 'details', kind: '5xx-before' }]);
    expect(await confirm(ids)).toEqual([
      { kind: 'unknown', reason: expect.stringContaining('whether it is so already could not be looked up') },
    ]);
  });

  test('that an answer passes over in silence is unknown', async () => {
    scripted.answers = { confirm: { body: '{"data":{}}' }, query: { body: '{"data":[]}' } };
    const source = await naver.connect({ baseUrl: scripted.url });
    expect(outcomesOf(await source.acknowledge?.(['1']))).toMatchObject([{ kind: 'unknown' }]);
  });
});

async function cancel(recordId: string): Promise<string> {
  const [record] = (await naver.source.reread?.([recordId])) ?? [];
  const { orderNumber } = orderTold(naver.source, record?.body ?? Buffer.alloc(0));
  const { claimId } = await tell<{ claimId: string }>(naver.standIn, '/admin/claims', {
    orderNumber,
    kind: 'cancellation',
  });
  return claimId;
}

describe('dispatching', () => {
  test.each(CARRIERS)('is told with the code that Naver has for %s', async (carrier) => {
    await naver.emit(20);
    const ids = await orders(1);
    await confirm(ids);
    expect(await ship({ ...parcel(ids, '600000000001'), carrier })).toEqual([done]);
  });

  test.each(repeats)('what is told already is done ($repeated, $failCodes)', async (settings) => {
    await naver.emit(20);
    await naver.set(settings);
    const [first = '', second = ''] = await orders(2);
    await confirm([first, second]);
    expect(await ship(parcel([first], '600000000001'))).toEqual([done]);
    expect(await ship(parcel([first], '6000-0000-0001'), parcel([second], '600000000002'))).toEqual([
      done,
      done,
    ]);
  });

  test('by another number is refused: this API replaces none', async () => {
    await naver.emit(20);
    const ids = await orders(1);
    await confirm(ids);
    await ship(parcel(ids, '600000000001'));
    expect(await ship(parcel(ids, '600000000002'))).toEqual([
      { kind: 'refused', reason: expect.stringContaining('600000000001, which this API cannot replace') },
    ]);
  });

  test('by a number that is used for another order is refused where the shop is set so', async () => {
    await naver.emit(20);
    await naver.set({ usedNumbers: 'refused' });
    const [first = '', second = ''] = await orders(2);
    await confirm([first, second]);
    expect(await ship(parcel([first], '600000000001'), parcel([second], '600000000001'))).toEqual([
      done,
      { kind: 'refused', reason: expect.stringContaining('104121') },
    ]);
  });

  test('of two parcels with the same product order goes in two calls', async () => {
    await naver.emit(20);
    const [first = '', second = ''] = await orders(2);
    await confirm([first, second]);
    const calls = await naver.callsOf('dispatch');
    expect(await ship(parcel([first], '600000000001'), parcel([first, second], '600000000001'))).toEqual([
      done,
      done,
    ]);
    expect(await naver.callsOf('dispatch')).toBe(calls + 2);
  });

  test('of more than thirty product orders goes in several calls, a reply for each parcel', async () => {
    await naver.emit(80);
    const ids = await orders(45);
    await confirm(ids.slice(0, 30));
    await confirm(ids.slice(30));
    const parcels = Array.from({ length: 15 }, (_, index) =>
      parcel(ids.slice(3 * index, 3 * index + 3), String(600_000_000_001 + index)),
    );
    const calls = await naver.callsOf('dispatch');
    expect(await ship(...parcels)).toEqual(parcels.map(() => done));
    expect(await naver.callsOf('dispatch')).toBe(calls + 2);
  });

  test('of a parcel is what is worst of its product orders', async () => {
    await naver.emit(20);
    const [confirmed = '', unconfirmed = ''] = await orders(2);
    await confirm([confirmed]);
    expect(await ship(parcel([confirmed, unconfirmed], '600000000001'))).toEqual([
      { kind: 'refused', reason: expect.stringContaining('104443') },
    ]);
    await confirm([unconfirmed]);
    expect(await ship(parcel([confirmed, unconfirmed], '600000000001'))).toEqual([done]);
  });
});

describe('a request to cancel', () => {
  async function requested() {
    await naver.emit(20);
    const [recordId = ''] = await orders(1);
    await confirm([recordId]);
    const claimId = await cancel(recordId);
    const found = (await naver.claims()).find(({ record }) => record.recordId.startsWith(`${recordId}/`));
    if (found === undefined) throw new Error('The claim is not told');
    return { recordId, claimId, record: found.record };
  }
  const answer = (record: { recordId: string; body: Uint8Array }) =>
    naver.source.answerClaim?.({ ...record, answer: { kind: 'stopped' } });

  test.each(repeats)('that is approved already is done ($repeated, $failCodes)', async (settings) => {
    await naver.set(settings);
    const { record } = await requested();
    expect((await answer(record))?.outcome).toEqual(done);
    expect((await answer(record))?.outcome).toEqual(done);
  });

  test('that the customer withdrew is not approved any more', async () => {
    const { record, claimId } = await requested();
    await tell(naver.standIn, '/admin/claim-states', { claimId, state: 'withdrawn' });
    expect((await answer(record))?.outcome).toMatchObject({
      kind: 'refused',
      reason: expect.stringContaining('the claim was withdrawn'),
    });
  });

  test('is turned down by the parcel, and refused our approval from then on', async () => {
    const { recordId, record } = await requested();
    expect(await ship(parcel([recordId], '600000000001'))).toEqual([done]);
    const told = (await naver.claims()).find((each) => each.record.recordId === record.recordId);
    expect(told?.claim.state).toBe('withdrawn');
    expect((await answer(record))?.outcome.kind).toBe('refused');
  });

  test('that is turned down twice has one number', async () => {
    const { record } = await requested();
    const shipped = { kind: 'shipped', carrier: 'cj', trackingNumber: '600000000001' } as const;
    for (let time = 0; time < 2; time += 1) {
      const reply = await naver.source.answerClaim?.({
        ...record,
        answer: { ...shipped, shippedAt: new Date(naver.now) },
      });
      expect(reply?.outcome).toEqual(done);
    }
  });
});

describe('stock', () => {
  interface Product {
    readonly originProduct: {
      readonly detailAttribute: {
        readonly optionInfo: {
          readonly optionCombinations: readonly { id: number; stockQuantity: number; price: number }[];
        };
      };
    };
  }
  /** Listings that orders tell of, by product: options as `product/option`. */
  async function listings(): Promise<string[]> {
    await naver.emit(60);
    const told = (await naver.live()).map(({ body }) => orderTold(naver.source, body).lines[0]?.listing);
    return [...new Set(told)].filter((listing) => typeof listing === 'string');
  }
  async function optionsOf(product: string) {
    const headers = { authorization: `Bearer ${await naver.tools.session.read()}` };
    const path = `/external/v2/products/origin-products/${product}`;
    const response = await fetch(naver.standIn.url + path, { headers });
    return ((await response.json()) as Product).originProduct.detailAttribute.optionInfo.optionCombinations;
  }
  const push = async (levels: Readonly<Record<string, number>>) => {
    const given = Object.entries(levels).map(([listing, quantity]) => ({ listing, quantity }));
    return outcomesOf(await naver.source.pushStock?.(given));
  };

  test('of an option leaves prices and the other options as they are', async () => {
    const listing = (await listings()).find((each) => each.includes('/')) ?? '';
    const [product = '', option] = listing.split('/');
    const before = await optionsOf(product);
    expect(before.some(({ price }) => price > 0)).toBe(true);
    expect(await push({ [listing]: 7 })).toEqual([done]);
    expect(await optionsOf(product)).toEqual(
      before.map((each) => (String(each.id) === option ? { ...each, stockQuantity: 7 } : each)),
    );
  });

  test('of several options of a product is set at once', async () => {
    const [product = ''] = ((await listings()).find((each) => each.includes('/')) ?? '').split('/');
    const levels = Object.fromEntries(
      (await optionsOf(product)).map(({ id }, index) => [`${product}/${id}`, index]),
    );
    expect(await push(levels)).toEqual(Object.keys(levels).map(() => done));
    expect((await optionsOf(product)).map(({ stockQuantity }) => stockQuantity)).toEqual(
      Object.values(levels),
    );
    expect(await naver.callsOf('option-stock')).toBe(1);
  });

  test('of a product without options is set as a whole', async () => {
    const listing = (await listings()).find((each) => !each.includes('/')) ?? '';
    expect(await push({ [listing]: 3 })).toEqual([done]);
    expect(await naver.callsOf('multi-update')).toBe(1);
  });

  test('of what Naver does not know, or cannot know, is refused for itself alone', async () => {
    const listing = (await listings()).find((each) => each.includes('/')) ?? '';
    const [product] = listing.split('/');
    expect(await push({ [listing]: 5, [`${product}/1`]: 1, '1/1': 1, 'vendor-7': 1 })).toEqual([
      done,
      { kind: 'refused', reason: `product ${product} has no option 1` },
      { kind: 'refused', reason: expect.stringContaining('HTTP 404') },
      { kind: 'refused', reason: "vendor-7 is no product or option of Naver's" },
    ]);
  });

  test('is not told as long as the product could not be read', async () => {
    const listing = (await listings()).find((each) => each.includes('/')) ?? '';
    await naver.standIn.setFaults([{ endpoint: 'product', kind: '5xx-before' }]);
    expect(await push({ [listing]: 5 })).toMatchObject([{ kind: 'not-received' }]);
    await naver.standIn.setFaults([{ endpoint: 'option-stock', kind: '5xx-after' }]);
    expect(await push({ [listing]: 5 })).toMatchObject([{ kind: 'unknown' }]);
  });
});
