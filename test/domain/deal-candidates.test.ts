import { candidatesFor, plainWording } from '../../domain/deal-candidates';

const known = [
  {
    channel: 'smartstore',
    deal: '[모담뜰] 포기김치 산지직송',
    option: '선택: 포기김치 3kg',
    configuration: 'KIM-3',
  },
  {
    channel: 'smartstore',
    deal: '[모담뜰] 포기김치 산지직송',
    option: '선택: 포기김치 5kg',
    configuration: 'KIM-5',
  },
  { channel: 'kakao', deal: '제주 감귤', option: '', configuration: 'GAM-1' },
];
const configurations = [
  { code: 'KIM-3', name: '포기김치 3kg', price: 30_000n },
  { code: 'KIM-5', name: '포기김치 5kg', price: 50_000n },
  { code: 'GAM-1', name: '제주 감귤 2kg', price: 20_000n },
  { code: 'YUJA-1', name: '고흥 유자청 1kg', price: 15_000n },
];
const suggest = (deal: string, option = '', price: bigint | null = null) =>
  candidatesFor({ channel: 'coupang', deal, option, price }, known, configurations);

describe('what a deal may stand for', () => {
  it('is first of all what the same wording stands for on another channel', () => {
    expect(suggest('[모담뜰] 포기김치 산지직송', '선택: 포기김치 5kg')[0]).toMatchObject({
      configuration: 'KIM-5',
      score: 1,
      reason: 'same_wording',
      from: { channel: 'smartstore' },
      numbersDiffer: false,
    });
  });

  it('is then what the wording stands for without brackets and decoration', () => {
    expect(suggest('★특가★ [오늘만] 제주 감귤')[0]).toMatchObject({
      configuration: 'GAM-1',
      score: expect.any(Number),
    });
    expect(suggest('[톡딜] 포기김치 산지직송!', '선택 = 포기김치 3kg')[0]).toMatchObject({
      configuration: 'KIM-3',
      reason: 'same_plain_wording',
      score: 0.95,
    });
  });

  it('is likely what a wording with a slip of a letter stands for', () => {
    const slip = {
      channel: 'coupang',
      deal: '모담뜰 포기김찌 산지 직송',
      option: '포기김찌 3kg',
      price: null,
    };
    const [best] = candidatesFor(slip, known, []);
    expect(best).toMatchObject({ configuration: 'KIM-3', reason: 'similar_wording' });
    expect(best?.score).toBeLessThan(0.95);
  });

  it('is likely what the same option of another product stands for', () => {
    const other = {
      channel: 'coupang',
      deal: '집밥의 정석 모음전',
      option: '선택: 포기김치 5kg',
      price: null,
    };
    const [best] = candidatesFor(other, known, []);
    expect(best).toMatchObject({ configuration: 'KIM-5', reason: 'option_text' });
  });

  it('is surer where the price is near that of the configuration, and not by the price alone', () => {
    const dear = suggest('모담뜰 김치 골라담기', '포기김치', 49_000n);
    const unpriced = suggest('모담뜰 김치 골라담기', '포기김치');
    const scoreOf = (all: typeof dear, code: string) =>
      all.find(({ configuration }) => configuration === code)?.score ?? 0;
    expect(scoreOf(dear, 'KIM-5')).toBeGreaterThan(scoreOf(unpriced, 'KIM-5'));
    expect(scoreOf(dear, 'KIM-3')).toBe(scoreOf(unpriced, 'KIM-3'));
    expect(dear[0]).toMatchObject({ configuration: 'KIM-5', price: 50_000n, isPriceNear: true });
    expect(suggest('무선 이어폰', '블랙', 50_000n)).toEqual([]);
    const hinted = suggest('고흥 명물 1호', '', 15_500n);
    expect(hinted).toMatchObject([{ configuration: 'YUJA-1', reason: 'price_near' }]);
    expect(suggest('고흥 명물 1호')).toEqual([]);
  });

  it('says that the numbers differ, and puts such a one behind', () => {
    const all = suggest('[모담뜰] 포기김치 산지직송', '선택: 포기김치 10kg');
    expect(all.map(({ numbersDiffer }) => numbersDiffer)).toEqual(all.map(() => true));
    expect(Math.max(...all.map(({ score }) => score))).toBeLessThan(0.7);
  });

  it('may be a configuration of that name which no deal stands for yet, and each is named once', () => {
    const all = suggest('(무료배송) 고흥 유자청', '1kg 한 병');
    expect(all[0]).toMatchObject({ configuration: 'YUJA-1', reason: 'configuration_name', from: null });
    expect(new Set(all.map(({ configuration }) => configuration)).size).toBe(all.length);
  });

  it('is nothing where nothing is like it', () => {
    expect(suggest('무선 이어폰', '블랙')).toEqual([]);
  });

  it('is compared without decoration', () => {
    expect(plainWording('★특가★ [톡딜가]  모담뜰  <한정수량> KIMCHI')).toBe('특가 모담뜰 kimchi');
  });
});
