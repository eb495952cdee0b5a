import fc from 'fast-check';
import { dispatchId, dispatchIdOf, wmsOrderCode } from '../../domain/dispatch-id';

const order = fc.string({ unit: 'grapheme-ascii', minLength: 1, maxLength: 40 });
const sequence = fc.integer({ min: 1, max: 10_000 });

describe('a dispatch id', () => {
  it('always has 26 characters of one alphabet, and the same ones for the same order and number', () => {
    fc.assert(
      fc.property(order, sequence, (key, n) => {
        expect(dispatchId(key, n)).toMatch(/^[a-z2-7]{26}$/);
        expect(dispatchId(key, n)).toBe(dispatchId(key, n));
      }),
    );
  });

  it('differs between orders and between the dispatches of one order', () => {
    const ids = new Set<string>();
    for (let key = 0; key < 200; key += 1)
      for (let n = 1; n <= 25; n += 1) ids.add(dispatchId(`a/${key}`, n));
    expect(ids.size).toBe(200 * 25);
    // Without a sign between key and number these two would be one.
    expect(dispatchId('a/1', 11)).not.toBe(dispatchId('a/11', 1));
  });

  it('stays what it was: an order collected anew after a loss is known to the WMS', () => {
    expect(dispatchId('coupang/4000123456789', 1)).toMatchInlineSnapshot(`"ovwqsh36cc45wj3u7fbluxbmyz"`);
  });
});

describe('the code that a WMS knows a dispatch by', () => {
  it('is ASCII, always 28 characters, and at most 40', () => {
    fc.assert(
      fc.property(order, sequence, (key, n) => {
        const code = wmsOrderCode(dispatchId(key, n));
        expect(code).toMatch(/^[A-Z0-9]+$/);
        expect(code).toHaveLength(28);
        expect(code.length).toBeLessThanOrEqual(40);
      }),
    );
  });

  it('is never the beginning of another', () => {
    const codes = Array.from({ length: 300 }, (_, n) => wmsOrderCode(dispatchId('coupang/1', n + 1)));
    for (const one of codes)
      expect(codes.filter((other) => other !== one && other.startsWith(one))).toEqual([]);
  });

  it('leads back to its dispatch', () => {
    fc.assert(
      fc.property(order, sequence, (key, n) => {
        const id = dispatchId(key, n);
        expect(dispatchIdOf(wmsOrderCode(id))).toBe(id);
      }),
    );
  });

  it('is told from codes that somebody else made', () => {
    const code = wmsOrderCode(dispatchId('coupang/1', 1));
    for (const strange of ['', 'BO', code.slice(1), `${code}A`, code.toLowerCase(), `X${code}`, `${code}\n`])
      expect(dispatchIdOf(strange)).toBeUndefined();
  });
});
