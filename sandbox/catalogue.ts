import { type CatalogueConfiguration, configurations, type Family, families, items } from './generator/goods';

export { type CatalogueConfiguration, type CatalogueItem, configurations, items } from './generator/goods';

/** The malls that the XML hub knows. */
export const HUB_CHANNELS = ['coupang', 'smartstore', '11st', 'gmarket', 'auction', 'kakao'] as const;

/** Every channel the brand sells on. */
export const CHANNELS = [...HUB_CHANNELS, 'lotteon', 'ssg', 'groupbuy', 'b2b', 'sample'] as const;

export type Channel = (typeof CHANNELS)[number];
export type HubChannel = (typeof HUB_CHANNELS)[number];

/** How a channel words what the brand calls a configuration. */
export interface CatalogueDeal {
  readonly channel: Channel;
  readonly deal: string;
  readonly option: string;
  /** What a person would choose for it. */
  readonly configurationCode: string;
  /** In KRW for one unit of the deal. */
  readonly price: bigint;
}

interface Wording {
  deal(family: Family): string;
  option(configuration: CatalogueConfiguration, family: Family): string;
  /** In percent of the brand's price. */
  readonly pricePercent: bigint;
}

const wordings: Record<Channel, Wording> = {
  coupang: {
    deal: (family) => `모담뜰 ${family.title}`,
    option: (configuration) => `${configuration.name}, 1개`,
    pricePercent: 97n,
  },
  smartstore: {
    deal: (family) => `[모담뜰] ${family.title} 산지직송`,
    option: (configuration, family) =>
      family.configurations.length > 1 ? `선택: ${configuration.name}` : '',
    pricePercent: 100n,
  },
  '11st': {
    deal: (family) => `★특가★ 모담뜰 ${family.title} 모음전`,
    option: (configuration, family) =>
      `${family.configurations.indexOf(configuration.code) + 1}번. ${configuration.name}`,
    pricePercent: 98n,
  },
  gmarket: {
    deal: (family) => `(무료배송) 모담뜰 ${family.title} 골라담기/택1`,
    option: (configuration) => `옵션: ${configuration.name}/1개`,
    pricePercent: 99n,
  },
  auction: {
    deal: (family) => `모담뜰 ${family.title} & 골라담기`,
    option: (configuration) => `상품선택:${configuration.name}`,
    pricePercent: 99n,
  },
  kakao: {
    deal: (family) => `[톡딜가] 모담뜰 ${family.title} <한정수량>`,
    option: (configuration) => `종류 = ${configuration.name}`,
    pricePercent: 95n,
  },
  lotteon: {
    deal: (family) => `[롯데온단독] 모담뜰 ${family.title}`,
    option: (configuration) => `구성_${configuration.name}`,
    pricePercent: 98n,
  },
  ssg: {
    deal: (family) => `모담뜰 ${family.title} (쓱배송)`,
    option: (configuration) => `${configuration.name}`,
    pricePercent: 100n,
  },
  groupbuy: {
    deal: (family) => `[공구] ${family.title}`,
    option: (configuration) => configuration.name,
    pricePercent: 85n,
  },
  b2b: {
    deal: (family) => family.title,
    option: (configuration) => configuration.name,
    pricePercent: 80n,
  },
  sample: {
    deal: (family) => `샘플 ${family.title}`,
    option: (configuration) => configuration.name,
    pricePercent: 0n,
  },
};

const referencePrices = new Map(items.map((item) => [item.code, item.referencePrice]));
const configurationsByCode = new Map(configurations.map((entry) => [entry.code, entry]));

/** The brand's own price: a tenth off the reference prices, in whole hundreds of KRW. */
function listPrice(configuration: CatalogueConfiguration): bigint {
  const sum = configuration.items.reduce(
    (total, { itemCode, quantity }) => total + (referencePrices.get(itemCode) ?? 0n) * BigInt(quantity),
    0n,
  );
  return ((sum * 9n) / 1_000n) * 100n;
}

function channelPrice(channel: Channel, configurationCode: string): bigint {
  const configuration = configurationsByCode.get(configurationCode);
  if (!configuration) throw new RangeError(`No configuration ${configurationCode}`);
  return ((listPrice(configuration) * wordings[channel].pricePercent) / 1_000n) * 10n;
}

function dealsOf(channel: Channel, family: Family): CatalogueDeal[] {
  const wording = wordings[channel];
  return family.configurations.map((configurationCode) => {
    const configuration = configurationsByCode.get(configurationCode);
    if (!configuration) throw new RangeError(`No configuration ${configurationCode}`);
    return {
      channel,
      deal: wording.deal(family),
      option: wording.option(configuration, family),
      configurationCode,
      price: channelPrice(channel, configurationCode),
    };
  });
}

/** The deals that have been sold before: what `match add` has learned by the first day. */
export const knownMatches: readonly CatalogueDeal[] = CHANNELS.flatMap((channel) =>
  families.flatMap((family) => dealsOf(channel, family)),
);

function newDeal(channel: Channel, deal: string, option: string, configurationCode: string): CatalogueDeal {
  return { channel, deal, option, configurationCode, price: channelPrice(channel, configurationCode) };
}

/** Deals that were opened today: nobody has matched them yet. */
export const newDeals: readonly CatalogueDeal[] = [
  newDeal('coupang', '[1+1] 모담뜰 들기름 도시락김 로켓특가', '16봉 x 2박스, 1개', 'C-KIM-1P1'),
  newDeal('smartstore', '[라이브특가] 모담뜰 김치 3종 한상', '구성: 포기+총각+백김치', 'C-KCH-SET'),
  newDeal('11st', '★긴급공수★ 모담뜰 사골곰탕 10팩 (5+5)', '', 'C-SUP-1P1'),
  newDeal('gmarket', '슈퍼딜▶ 모담뜰 참기름·들기름 선물세트', '옵션: 쇼핑백 포함/1세트', 'C-OIL-SET'),
  newDeal('auction', '[올킬] 모담뜰 쌀과자 골고루 6봉', '상품선택:오리지널3+현미3', 'C-SNK-MIX'),
  newDeal('kakao', '[선물하기] 모담뜰 따뜻한 차 세트', '메시지카드 = 포함', 'C-TEA-SET'),
  newDeal('lotteon', '[오늘만] 모담뜰 오분도미 8kg', '구성_4kg 2포', 'C-RCE-O2'),
  newDeal('ssg', '모담뜰 설 선물 전통장 3종', '보자기 포장', 'C-JNG-SET'),
  newDeal('groupbuy', '[공구] 모담뜰 육개장 10팩', '5팩 2묶음', 'C-SUP-Y5'),
];
