import fc from 'fast-check';
import { differencesOf as differencesBy, type Offer } from '../../domain/deal-drift';
import { TRIVIAL_PERCENT } from '../../domain/deal-price';

const offer = (deal: string, option = '', price: bigint | null = 10_000n): Offer => ({
  deal,
  option,
  prices: price === null ? null : { from: price, to: price },
});
const differencesOf = (decided: Offer, offered: Offer, percent = TRIVIAL_PERCENT) =>
  differencesBy(decided, offered, percent);

describe('what a channel has changed of a deal', () => {
  it.each([
    ['white space', '모담뜰  들기름 김 ', ' 모담뜰 들기름 김'],
    ['a bracket that advertises', '[오늘만] 모담뜰 김', '모담뜰 김'],
    ['another such bracket, in other signs', '<한정수량> 모담뜰 김', '【무료배송 / 특가】 모담뜰 김'],
    ['stars and pictures', '★ 모담뜰 김 ▶', '모담뜰 김 🎉!'],
    ['capitals', 'Modam KIM [BEST]', 'modam kim'],
  ])('is trivial where it is %s', (_, before, now) => {
    expect(differencesOf(offer(before), offer(now))).toEqual([]);
    expect(differencesOf(offer('김', before), offer('김', now))).toEqual([]);
  });

  it.each([
    ['a bracket that tells a number', '[1+1] 모담뜰 김', '모담뜰 김'],
    ['a bracket that tells a kind', '모담뜰 김치 (냉동)', '모담뜰 김치 (냉장)'],
    ['an advertisement with more than that in it', '[특가 2박스] 모담뜰 김', '[특가] 모담뜰 김'],
    ['a number', '모담뜰 김 5봉', '모담뜰 김 10봉'],
    ['a number in a circle', '모담뜰 김 ➀', '모담뜰 김 ➁'],
    ['a unit', '모담뜰 김 3㎏', '모담뜰 김 3㎖'],
    ['a sign between numbers', '모담뜰 김 1+1', '모담뜰 김 1 1'],
    ['a word', '모담뜰 들기름 김', '모담뜰 참기름 김'],
  ])('counts where it is %s', (_, before, now) => {
    expect(differencesOf(offer(before), offer(now))).toEqual(['deal']);
    expect(differencesOf(offer('김', before), offer('김', now))).toEqual(['option']);
  });

  it('is trivial up to a tenth of the price, and where no price is told', () => {
    for (const price of [9_000n, 10_000n, 11_000n, null])
      expect(differencesOf(offer('김'), offer('김', '', price))).toEqual([]);
    expect(differencesOf(offer('김', '', null), offer('김'))).toEqual([]);
    for (const price of [1n, 8_999n, 11_001n, 9_007_199_254_740_993n])
      expect(differencesOf(offer('김'), offer('김', '', price))).toEqual(['price']);
  });

  it('is compared with all prices that were confirmed, and counts where one of the orders is beyond', () => {
    const decided = { ...offer('김'), prices: { from: 10_000n, to: 20_000n } };
    const at = (from: bigint, to: bigint) => ({ ...offer('김'), prices: { from, to } });
    expect(differencesOf(decided, at(9_000n, 22_000n))).toEqual([]);
    expect(differencesOf(decided, at(10_000n, 22_001n))).toEqual(['price']);
    expect(differencesOf(decided, at(8_999n, 20_000n))).toEqual(['price']);
    expect(differencesOf(decided, at(5_000n, 30_000n), 50)).toEqual([]);
    expect(differencesOf(decided, at(4_999n, 20_000n), 50)).toEqual(['price']);
    expect(differencesOf(decided, at(10_000n, 20_001n), 0)).toEqual(['price']);
  });

  it('is nothing for the same wording, and the same either way round', () => {
    const wording = fc.string({ unit: fc.constantFrom(...Array.from('김치 [](){}<>특가1+★a!')) });
    fc.assert(
      fc.property(wording, wording, (a, b) => {
        expect(differencesOf(offer(a), offer(a))).toEqual([]);
        expect(differencesOf(offer(a), offer(b))).toEqual(differencesOf(offer(b), offer(a)));
      }),
    );
  });
});
