import { koreanOf, SENTENCES } from '../../domain/korean';
import { serverSentences } from '../support/server-sentences';

/** What people read elsewhere: at a terminal, in the Temporal UI, in the API's description. */
const READ_ELSEWHERE = [
  /^client\/api\/(contract|main|openapi|serve|health|routes\/live)/u,
  /^client\/use-cases\/sign-in/u,
  /^client\/use-cases\/list-(source|wms)-kinds/u,
  /^workflows\/(check-command|describe|listen|steps)/u,
  /^domain\/(task|promise-class)\.ts/u,
  /^db\/(schema|migrations|migrate)/u,
  /^domain\/korean/u,
  /^client\/use-cases\/export-/u,
];

/** What reads like a sentence, and is none. */
const NO_SENTENCE = [
  /^(GET|POST|Bearer|Basic|AUTH|SET|SELECT|CREATE|START|SHOW|CEA|Content-|Connection:|attachment|application)/u,
  /^\s*(mutation|query|id\n|event:|ordNo|Shipment Update$|label |code |orderlistall)/u,
  /<[/?\w{]/u,
  /[A-Z_]{6,} [A-Z_{]/u,
  /^\w+_id \{\}$|invoiceNumber \{\}$/u,
  /Logistics$|^Korea Post$|^best new hot sale/u,
];

const isShown = (file: string) => !READ_ELSEWHERE.some((place) => place.test(file));

describe('what the server says, in Korean', () => {
  const said = serverSentences(isShown);

  it('has words for every sentence that the console can show', () => {
    const sentences = said.filter(({ text }) => !NO_SENTENCE.some((none) => none.test(text)));
    expect(sentences.length).toBeGreaterThan(600);
    expect(sentences.filter(({ text }) => !isKnown(text))).toEqual([]);
  });

  it('takes in Korean, too, what is ours within a sentence', () => {
    expect(koreanOf('Line 2: phone is missing.')).toBe('2번 줄: phone 값이 없습니다.');
    expect(koreanOf('opened shortage: Short of SKU-1: older orders wait for what there is')).toBe(
      '열림 재고 부족: 재고 부족: SKU-1 · 남은 재고는 먼저 들어온 주문이 기다립니다',
    );
  });

  it('quotes what a WMS says as it came', () => {
    expect(koreanOf('fassto refused the order: HTTP 400: sku is missing')).toBe(
      'fassto: 주문을 거절했습니다. HTTP 400 응답: sku is missing',
    );
  });

  it('leaves alone what it does not know', () => {
    expect(koreanOf('A courier lost it on the way')).toBe('A courier lost it on the way');
    expect(koreanOf('고객 요청 (전화)')).toBe('고객 요청 (전화)');
  });

  it('has no place for which the sentence holds nothing', () => {
    const placesOf = (text: string) => text.match(/\{\w+\}/gu) ?? [];
    const wrong = SENTENCES.filter(([english, korean]) => {
      const given = new Set(placesOf(english));
      return placesOf(korean).some((place) => !given.has(place));
    });
    expect(wrong).toEqual([]);
  });
});

/** Said by itself; or known in the forms that it takes, or within a longer one. */
function isKnown(text: string): boolean {
  let places = 0;
  // What is glued to a word may be missing.
  const whole = text.replace(/(?<=\w)\{\}/gu, '');
  const filled = whole.replace(/\{\}/gu, () => `⟦${(places += 1)}⟧`);
  const korean = koreanOf(filled);
  if (korean !== filled && !/[a-z]{2,} [a-z]{2,}/u.test(korean)) return true;
  const forms = new RegExp(text.split('{}').map(escape).join('.*'), 'u');
  return SENTENCES.some(([english]) => forms.test(english.replace(/\{\w+\}/gu, '{}')));
}

function escape(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/]/gu, String.raw`\$&`);
}
