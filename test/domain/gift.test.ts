import fc from 'fast-check';
import {
  BOUGHT_KINDS,
  decideGifts,
  type GiftOrder,
  type GiftRule,
  type GivenBefore,
  STACKINGS,
  USUAL_TERMS,
  unfitFor,
  WHEN_SHORT,
} from '../../domain/gift';

const ANY: GiftRule = {
  id: 1,
  version: 1,
  ...USUAL_TERMS,
  name: '키링',
  configuration: 'C-GIFT',
};
const ORDER: GiftOrder = {
  channel: 'coupang',
  day: '2026-11-20',
  lines: [
    {
      configuration: 'C-1P1',
      units: 3,
      amount: 30_000n,
      pieces: [
        { itemCode: 'TEA', quantity: 2 },
        { itemCode: 'CUP', quantity: 1 },
      ],
    },
    {
      configuration: 'C-ONE',
      units: 1,
      amount: 9_900n,
      pieces: [{ itemCode: 'TEA', quantity: 1 }],
    },
  ],
};
const NOTHING: GivenBefore = { orders: () => 0, receiver: () => false, order: () => false };
const why = (rule: Partial<GiftRule>, before: Partial<GivenBefore> = {}) =>
  decideGifts([{ ...ANY, ...rule }], ORDER, { ...NOTHING, ...before })[0]?.whyNot;

describe('a gift rule', () => {
  it.each<[Partial<GiftRule>, ReturnType<typeof why>]>([
    [{}, undefined],
    [{ channel: 'coupang' }, undefined],
    [{ channel: '11st' }, 'other_channel'],
    [{ dayFrom: '2026-11-20', dayTo: '2026-11-20' }, undefined],
    [{ dayFrom: '2026-11-21' }, 'before_first_day'],
    [{ dayTo: '2026-11-19' }, 'after_last_day'],
    [{ bought: 'item', boughtCode: 'CUP' }, undefined],
    [{ bought: 'item', boughtCode: 'HAT' }, 'not_bought'],
    [{ bought: 'configuration', boughtCode: 'C-ONE' }, undefined],
    [{ bought: 'configuration', boughtCode: 'C-TWO' }, 'not_bought'],
    [{ amountFrom: 39_900n }, undefined],
    [{ amountFrom: 39_901n }, 'amount_too_small'],
    [{ amountFrom: 9_901n, bought: 'configuration', boughtCode: 'C-ONE' }, 'amount_too_small'],
    [{ quantityFrom: 4 }, undefined],
    [{ quantityFrom: 5 }, 'quantity_too_small'],
    [{ quantityFrom: 7, bought: 'item', boughtCode: 'TEA' }, undefined],
    [{ quantityFrom: 8, bought: 'item', boughtCode: 'TEA' }, 'quantity_too_small'],
    [{ quantityFrom: 4, bought: 'configuration', boughtCode: 'C-1P1' }, 'quantity_too_small'],
  ])('that says %j answers %s', (rule, answer) => {
    expect(why(rule)).toBe(answer);
  });

  it('gives to the first N, and to each receiver once, by what was given before', () => {
    expect(why({ firstN: 3 }, { orders: () => 2 })).toBeUndefined();
    expect(why({ firstN: 3 }, { orders: () => 3 })).toBe('all_given');
    expect(why({ oncePerReceiver: true }, { receiver: () => true })).toBe('receiver_has_it');
    expect(why({ oncePerReceiver: true }, { receiver: () => undefined })).toBe('receiver_unknown');
    expect(why({}, { order: () => true })).toBe('in_the_box_already');
  });

  const code = fc.constantFrom('TEA', 'CUP', 'C-1P1');
  const rule = fc.record({
    id: fc.nat(6),
    priority: fc.nat(3),
    stacking: fc.constantFrom(...STACKINGS),
    channel: fc.constantFrom('', 'coupang', '11st'),
    bought: fc.constantFrom(...BOUGHT_KINDS),
    boughtCode: code,
    amountFrom: fc.bigInt(0n, 50_000n),
    quantityFrom: fc.nat(8),
    firstN: fc.option(fc.nat(3)),
    oncePerReceiver: fc.boolean(),
    whenShort: fc.constantFrom(...WHEN_SHORT),
  });
  const rules = fc
    .uniqueArray(rule, { maxLength: 6, selector: ({ id }) => id })
    .map((all): GiftRule[] => all.map((one) => ({ ...ANY, ...one })));

  it('never gives beside one that is given alone, and the first that could be given is', () => {
    fc.assert(
      fc.property(rules, fc.nat(3), fc.boolean(), (all, orders, has) => {
        const before = { ...NOTHING, orders: () => orders, receiver: () => has };
        const answers = decideGifts(all, ORDER, before);
        const given = answers.filter(({ whyNot }) => whyNot === undefined).map((gift) => gift.rule);
        if (given.some(({ stacking }) => stacking === 'alone')) expect(given).toHaveLength(1);
        const couldBe = answers.filter(({ rule: each }) => why(each, before) === undefined);
        expect(given[0]).toBe(couldBe[0]?.rule);
        expect(answers.map((gift) => [gift.rule.priority, gift.rule.id])).toEqual(
          all
            .map(({ priority, id }) => [priority, id])
            .toSorted(([a = 0, x = 0], [b = 0, y = 0]) => a - b || x - y),
        );
        for (const { rule: each, whyNot } of answers)
          if (whyNot === undefined) expect(unfitFor(each, ORDER)).toBeUndefined();
      }),
    );
  });
});
