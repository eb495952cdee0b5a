import fc from 'fast-check';
import {
  journeyId,
  keyBeginning,
  LINE_KEY_MAX,
  lineKey,
  ORDER_KEY_MAX,
  orderKey,
} from '../../domain/order-key';

const KEY = /^[A-Za-z0-9._-]+\/[A-Za-z0-9._-]+$/;

/** Some of everything, and much of what an escape could stumble over. */
const text = fc
  .oneof(
    fc.string({ unit: 'binary', minLength: 1, maxLength: 6 }),
    fc.string({
      unit: fc.constantFrom('_', '5', 'f', '/', '-', '.', 'a', '가'),
      minLength: 1,
      maxLength: 6,
    }),
  )
  .filter((s) => s.trim() !== '');

describe('an order key', () => {
  it('is made of its alphabet only, whatever the order number', () => {
    fc.assert(
      fc.property(text, text, (channel, number) => {
        expect(orderKey(channel, number)).toMatch(KEY);
      }),
    );
  });

  it('differs when the channel or the order number differs', () => {
    fc.assert(
      fc.property(text, text, text, text, (a, b, c, d) => {
        const same = a === c && b.trim() === d.trim();
        expect(orderKey(a, b) === orderKey(c, d)).toBe(same);
      }),
      { numRuns: 2_000 },
    );
  });

  it("begins with its channel's own beginning, and no other's", () => {
    fc.assert(
      fc.property(text, text, text, (a, b, number) => {
        expect(orderKey(a, number).startsWith(keyBeginning(b))).toBe(a === b);
      }),
      { numRuns: 2_000 },
    );
  });

  it('keeps what people see where it needs no escape', () => {
    expect(orderKey('coupang', '4000123456789')).toBe('coupang/4000123456789');
    expect(orderKey('11st', ' 2026-11.20 ')).toBe('11st/2026-11.20');
  });

  it('escapes its own sign of escape, so that no number can imitate another', () => {
    expect(orderKey('a', '_2f')).toBe('a/_5f2f');
    expect(orderKey('a', '/')).toBe('a/_2f');
  });

  it('is refused without a channel or an order number', () => {
    expect(() => orderKey('', '1')).toThrow(RangeError);
    expect(() => orderKey('coupang', ' \t')).toThrow(RangeError);
  });

  it('is refused for halves of characters, which would all be written alike', () => {
    expect(() => orderKey('coupang', 'a\ud800')).toThrow(RangeError);
    expect(() => lineKey('coupang/1', '\udc00')).toThrow(RangeError);
  });

  it('fits its column to the last character and is refused beyond', () => {
    const number = (length: number) => '1'.repeat(length);
    const longest = orderKey('a', number(ORDER_KEY_MAX - 2));
    expect(longest).toHaveLength(ORDER_KEY_MAX);
    expect(() => orderKey('a', number(ORDER_KEY_MAX - 1))).toThrow(RangeError);
    expect(() => orderKey('a', '가'.repeat(20))).toThrow(RangeError);
  });

  it('names its journey', () => {
    expect(journeyId('coupang/1')).toBe('order/coupang/1');
  });
});

describe('a line key', () => {
  it('differs when the line number differs, and begins with its order', () => {
    fc.assert(
      fc.property(text, text, (one, other) => {
        const keys = [lineKey('coupang/1', one), lineKey('coupang/1', other)];
        for (const key of keys) expect(key.startsWith('coupang/1/')).toBe(true);
        expect(keys[0] === keys[1]).toBe(one === other);
      }),
    );
  });

  it('is refused when it would not fit its column', () => {
    const order = orderKey('a', '1'.repeat(ORDER_KEY_MAX - 2));
    expect(lineKey(order, '1'.repeat(LINE_KEY_MAX - ORDER_KEY_MAX - 1))).toHaveLength(LINE_KEY_MAX);
    expect(() => lineKey('coupang/1', '가'.repeat(60))).toThrow(RangeError);
  });
});
