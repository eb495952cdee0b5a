import fc from 'fast-check';
import { dealKey, normalizeWording } from '../../domain/deal';

const deal = { channel: 'coupang', deal: '[1+1] 모담뜰 도시락김', option: '16봉 x 2박스' };

describe('a deal', () => {
  it('is the same however its white space and its syllables are encoded', () => {
    const same = [
      { ...deal, deal: `  ${deal.deal}\u3000` },
      { ...deal, deal: deal.deal.replace(' ', '\t \n') },
      { ...deal, deal: deal.deal.normalize('NFD'), option: deal.option.normalize('NFD') },
    ];
    for (const other of same) expect(dealKey(other)).toBe(dealKey(deal));
  });

  it('is another when anything that can be read differs', () => {
    const others = [
      { ...deal, channel: 'gmarket' },
      { ...deal, option: '' },
      { ...deal, option: '16봉 x 3박스' },
      { ...deal, deal: '[1+2] 모담뜰 도시락김' },
      { ...deal, deal: deal.deal.replace(' ', '') },
      { channel: deal.channel, deal: deal.option, option: deal.deal },
    ];
    const keys = new Set([deal, ...others].map(dealKey));
    expect(keys.size).toBe(others.length + 1);
  });

  it('does not run into its option: where one ends and the other begins is part of it', () => {
    expect(dealKey({ ...deal, deal: 'a', option: 'b c' })).not.toBe(
      dealKey({ ...deal, deal: 'a b', option: 'c' }),
    );
  });

  it('fits its column, whatever the wording', () => {
    const wording = fc.string({ unit: 'binary', maxLength: 60 });
    fc.assert(
      fc.property(wording, wording, (name, option) => {
        expect(dealKey({ channel: 'kakao', deal: name, option })).toMatch(/^[0-9a-f]{64}$/);
        expect(normalizeWording(normalizeWording(name))).toBe(normalizeWording(name));
      }),
    );
  });
});
