import fc from 'fast-check';
import { expectSettlements, type FeeRule, feeOf, ruleInForce } from '../../domain/fee';

const won = fc.bigInt({ min: -(10n ** 13n), max: 10n ** 13n });
const rate = fc.integer({ min: 0, max: 10_000 });
const rule = (validFrom: string, more: Partial<FeeRule> = {}): FeeRule => ({
  channel: 'coupang',
  validFrom,
  rate: 1_080,
  settlementDays: 15,
  ...more,
});

describe('a fee', () => {
  it('is whole won, half a won away from zero', () => {
    // 0.5, 0.49…, 1.5 won.
    expect([feeOf(50n, 100), feeOf(49n, 100), feeOf(150n, 100)]).toEqual([1n, 0n, 2n]);
    expect([feeOf(-50n, 100), feeOf(-49n, 100), feeOf(-150n, 100)]).toEqual([-1n, 0n, -2n]);
    expect(feeOf(10_000n, 1_080)).toBe(1_080n);
  });

  it('is at most half a won off, and that of a reversal is the same with the other sign', () => {
    fc.assert(
      fc.property(won, rate, (net, of) => {
        const off = feeOf(net, of) * 10_000n - net * BigInt(of);
        expect(off <= 5_000n && off >= -5_000n).toBe(true);
        expect(feeOf(-net, of)).toBe(-feeOf(net, of));
      }),
    );
  });
});

describe('the rule of a channel', () => {
  it('is the newest that has begun, from its first day on', () => {
    const [old, next] = [rule('2026-01-01'), rule('2026-11-01', { rate: 1_200 })];
    const other = rule('2026-11-10', { channel: '11st' });
    const on = (day: string) => ruleInForce([next, other, old], 'coupang', day);
    expect([
      on('2025-12-31'),
      on('2026-01-01'),
      on('2026-10-31'),
      on('2026-11-01'),
      on('2027-01-01'),
    ]).toEqual([undefined, old, old, next, next]);
  });
});

describe('what channels are to pay', () => {
  it('adds up with the fees to what was sold, over whatever days and channels', () => {
    const day = fc.integer({ min: 1, max: 28 }).map((n) => `2026-11-${String(n).padStart(2, '0')}`);
    const days = fc.array(fc.record({ channel: fc.constantFrom('coupang', '11st'), day, net: won }));
    const rules = fc.array(
      fc.record({
        channel: fc.constantFrom('coupang', '11st'),
        validFrom: day,
        rate,
        settlementDays: fc.nat(60),
      }),
    );
    fc.assert(
      fc.property(days, rules, (given, known) => {
        const { expected, unknown } = expectSettlements(given, known);
        const sum = (amounts: bigint[]) => amounts.reduce((all, one) => all + one, 0n);
        const paid = sum(expected.map(({ fee, settlement }) => fee + settlement));
        expect(paid + sum(unknown.map(({ net }) => net))).toBe(sum(given.map(({ net }) => net)));
        for (const one of unknown)
          expect(
            known.every(({ channel, validFrom }) => channel !== one.channel || validFrom > one.day),
          ).toBe(true);
      }),
    );
  });

  it('is due as many days after the sale as the rule says', () => {
    const { expected } = expectSettlements(
      [{ channel: 'coupang', day: '2026-12-25', net: 10_005n }],
      [rule('2026-01-01')],
    );
    expect(expected).toEqual([
      {
        channel: 'coupang',
        day: '2026-12-25',
        net: 10_005n,
        fee: 1_081n,
        settlement: 8_924n,
        due: '2027-01-09',
      },
    ]);
  });
});
