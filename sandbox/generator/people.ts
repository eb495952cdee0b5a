/**
 * Invented people. Districts and postcodes look real; roads do not exist, and Korea gives out no
 * subscriber number whose middle part begins with 0, so that nobody can be written to or called.
 */
import type { Random } from './random';

const FAMILY_NAMES = [
  '김',
  '이',
  '박',
  '최',
  '정',
  '강',
  '조',
  '윤',
  '장',
  '임',
  '한',
  '오',
  '서',
  '신',
  '황보',
];
const FIRST_SYLLABLES = ['가', '나', '다', '라', '서', '지', '하', '유', '은', '도', '채', '새', '온', '해'];
const SECOND_SYLLABLES = ['람', '윤', '온', '율', '빈', '솔', '봄', '결', '아', '린', '준', '별', '담', '슬'];

/** 시·도, 시·군·구, the first three digits of its postcodes. */
const DISTRICTS: readonly (readonly [string, string, string])[] = [
  ['서울특별시', '마포구', '041'],
  ['서울특별시', '송파구', '055'],
  ['서울특별시', '관악구', '087'],
  ['부산광역시', '수영구', '482'],
  ['대구광역시', '수성구', '421'],
  ['인천광역시', '연수구', '219'],
  ['광주광역시', '북구', '611'],
  ['대전광역시', '유성구', '341'],
  ['울산광역시', '남구', '447'],
  ['세종특별자치시', '', '301'],
  ['경기도', '수원시 영통구', '165'],
  ['경기도', '고양시 덕양구', '105'],
  ['경기도', '화성시', '184'],
  ['강원특별자치도', '춘천시', '243'],
  ['충청북도', '청주시 흥덕구', '284'],
  ['전북특별자치도', '전주시 완산구', '550'],
  ['전라남도', '순천시', '579'],
  ['경상북도', '포항시 북구', '376'],
  ['경상남도', '창원시 의창구', '511'],
  ['제주특별자치도', '제주시', '631'],
];
const ROADS = [
  '달맞이뜰로',
  '모래나루길',
  '솔바람언덕로',
  '은하수마루길',
  '참새미로',
  '구름다리안길',
  '별무리로',
  '옛우물길',
];
const BUILDINGS = ['모담마을', '한빛뜰', '새온채', '너른마당', '푸른누리'];
const DELIVERY_MESSAGES = [
  '문 앞에 놓아주세요',
  '부재 시 경비실에 맡겨주세요',
  '배송 전에 연락 바랍니다',
  '벨 누르지 말아주세요, 아기가 자요 ㅠㅠ',
  '공동현관 비밀번호는 문자로 드릴게요',
  '파손 위험 & 냉장 <취급주의>',
];

export interface Person {
  readonly name: string;
  readonly mobile: string;
  readonly postcode: string;
  readonly address: string;
}

export function person(random: Random): Person {
  const [province, city, postcodePrefix] = random.pick(DISTRICTS);
  const road = `${random.pick(ROADS)} ${random.between(1, 398)}`;
  const home = random.chance(0.7)
    ? `${random.between(101, 124)}동 ${random.between(1, 25)}0${random.between(1, 6)}호 (${random.pick(BUILDINGS)})`
    : `${random.between(1, 4)}층`;
  return {
    name: random.pick(FAMILY_NAMES) + random.pick(FIRST_SYLLABLES) + random.pick(SECOND_SYLLABLES),
    mobile: `010-0${random.digits(3)}-${random.digits(4)}`,
    postcode: postcodePrefix + random.digits(2),
    address: [province, city, `${road},`, home].filter(Boolean).join(' '),
  };
}

/** 안심번호: a number of the mall's that is forwarded for some weeks, another one for every order. */
export function safeNumber(random: Random): string {
  return `050${random.pick(['2', '4', '5', '7'])}-0${random.digits(3)}-${random.digits(4)}`;
}

export function deliveryMessage(random: Random): string | null {
  return random.chance(0.6) ? random.pick(DELIVERY_MESSAGES) : null;
}
