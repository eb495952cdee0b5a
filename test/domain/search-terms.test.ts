import { termSearched, termsOf } from '../../domain/search-terms';

describe('what an order is found by', () => {
  const of = (name: string, phone = '', phone2: string | null = null) => termsOf({ name, phone, phone2 });

  it.each([
    ['the name', '김하늘'],
    ['its beginning', '김하'],
    ['its 초성', 'ㄱㅎㄴ'],
    ['the name with a space in it', '김 하늘'],
    ['the last four digits of the phone', '5678'],
    ['the whole phone', '010-1234-5678'],
    ['the phone as abroad it is dialled', '+82 10 1234 5678'],
    ['the last four digits of the safe number', '4321'],
  ])('is %s', (_, typed) => {
    expect(of('김하늘', '010-1234-5678', '0504-0000-4321')).toContain(termSearched(typed));
  });

  it('is the same for a Latin name in capitals', () => {
    expect(of('Ana Lee')).toContain(termSearched('ANA LEE'));
  });

  it('is nothing that a single letter finds', () => {
    expect(termSearched('김')).toBeUndefined();
    expect(of('김')).toEqual([]);
  });

  it('takes a long number for no phone', () => {
    expect(termSearched('20251125123456')).toBe('20251125123456');
  });
});
