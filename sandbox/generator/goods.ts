/** What the sandbox's brand (모담뜰, invented) stocks and sells: items and configurations of them. */

export interface CatalogueItem {
  readonly code: string;
  readonly name: string;
  /** In KRW for one piece; a configuration's price is split over its items by these. */
  readonly referencePrice: bigint;
}

export interface CatalogueConfiguration {
  readonly code: string;
  readonly name: string;
  readonly items: readonly { readonly itemCode: string; readonly quantity: number }[];
}

/** A product page of the brand: one wording per mall, its configurations are the options. */
export interface Family {
  readonly title: string;
  readonly configurations: readonly string[];
}

function item(code: string, name: string, referencePrice: number): CatalogueItem {
  return { code, name, referencePrice: BigInt(referencePrice) };
}

export const items: readonly CatalogueItem[] = [
  item('MD-KIM-01', '들기름 도시락김 16봉', 9_900),
  item('MD-KIM-02', '돌자반 70g', 4_500),
  item('MD-KIM-03', '곱창돌김 50매', 19_800),
  item('MD-KCH-01', '포기김치 3kg', 27_900),
  item('MD-KCH-02', '총각김치 2kg', 21_900),
  item('MD-KCH-03', '백김치 2kg', 20_900),
  item('MD-JNG-01', '재래된장 500g', 12_000),
  item('MD-JNG-02', '매운 찹쌀고추장 500g', 13_500),
  item('MD-JNG-03', '조선간장 500ml', 11_000),
  item('MD-OIL-01', '저온압착 참기름 180ml', 18_000),
  item('MD-OIL-02', '저온압착 들기름 180ml', 17_000),
  item('MD-RCE-01', '오분도미 4kg', 21_000),
  item('MD-RCE-02', '찰현미 2kg', 12_800),
  item('MD-RCE-03', '귀리 1kg', 7_900),
  item('MD-SUP-01', '한우 사골곰탕 500g', 5_900),
  item('MD-SUP-02', '얼큰 육개장 500g', 5_500),
  item('MD-SUP-03', '황태 해장국 500g', 5_200),
  item('MD-SNK-01', '쌀과자 오리지널 120g', 3_200),
  item('MD-SNK-02', '쌀과자 현미 120g', 3_400),
  item('MD-SNK-03', '오란다 강정 300g', 6_900),
  item('MD-TEA-01', '볶은 둥굴레차 40티백', 7_500),
  item('MD-TEA-02', '유기농 보리차 60티백', 6_800),
  item('MD-TEA-03', '레몬생강청 1kg', 14_900),
  item('MD-VIN-01', '감식초 500ml', 9_800),
  item('MD-SLT-01', '3년 간수뺀 천일염 1kg', 8_900),
  item('MD-LIV-01', '대나무 도마 중형', 24_000),
  item('MD-LIV-02', '순면 행주 10매', 8_900),
  item('MD-LIV-03', '옹기 항아리 2호', 39_000),
  item('MD-LIV-04', '놋수저 1벌', 33_000),
  item('MD-LIV-05', '삼베 주머니 3매', 6_500),
];

/** `'MD-KIM-01*2 MD-KIM-02'`: two pieces of the one, one of the other. */
function configuration(code: string, name: string, contents: string): CatalogueConfiguration {
  return {
    code,
    name,
    items: contents.split(' ').map((part) => {
      const [itemCode = '', quantity = '1'] = part.split('*');
      return { itemCode, quantity: Number(quantity) };
    }),
  };
}

export const configurations: readonly CatalogueConfiguration[] = [
  configuration('C-KIM-1', '들기름 도시락김 1박스', 'MD-KIM-01'),
  configuration('C-KIM-1P1', '들기름 도시락김 1+1', 'MD-KIM-01*2'),
  configuration('C-KIM-4', '들기름 도시락김 4박스', 'MD-KIM-01*4'),
  configuration('C-KIM-JB3', '돌자반 3봉', 'MD-KIM-02*3'),
  configuration('C-KIM-GC', '곱창돌김 50매', 'MD-KIM-03'),
  configuration('C-KIM-MIX', '김 모둠 (도시락김+돌자반2)', 'MD-KIM-01 MD-KIM-02*2'),
  configuration('C-KCH-P', '포기김치 3kg', 'MD-KCH-01'),
  configuration('C-KCH-P2', '포기김치 6kg', 'MD-KCH-01*2'),
  configuration('C-KCH-C', '총각김치 2kg', 'MD-KCH-02'),
  configuration('C-KCH-B', '백김치 2kg', 'MD-KCH-03'),
  configuration('C-KCH-SET', '김치 3종 세트', 'MD-KCH-01 MD-KCH-02 MD-KCH-03'),
  configuration('C-JNG-D', '재래된장 500g', 'MD-JNG-01'),
  configuration('C-JNG-D1P1', '재래된장 1+1', 'MD-JNG-01*2'),
  configuration('C-JNG-G', '찹쌀고추장 500g', 'MD-JNG-02'),
  configuration('C-JNG-S', '조선간장 500ml', 'MD-JNG-03'),
  configuration('C-JNG-SET', '전통장 3종 선물세트', 'MD-JNG-01 MD-JNG-02 MD-JNG-03'),
  configuration('C-OIL-C', '참기름 180ml', 'MD-OIL-01'),
  configuration('C-OIL-D', '들기름 180ml', 'MD-OIL-02'),
  configuration('C-OIL-SET', '참기름+들기름 세트', 'MD-OIL-01 MD-OIL-02'),
  configuration('C-OIL-2P', '참기름 2병+들기름 2병', 'MD-OIL-01*2 MD-OIL-02*2'),
  configuration('C-RCE-O', '오분도미 4kg', 'MD-RCE-01'),
  configuration('C-RCE-O2', '오분도미 8kg', 'MD-RCE-01*2'),
  configuration('C-RCE-H', '찰현미 2kg', 'MD-RCE-02'),
  configuration('C-RCE-MIX', '잡곡 3종 (오분도미+찰현미+귀리)', 'MD-RCE-01 MD-RCE-02 MD-RCE-03'),
  configuration('C-SUP-S5', '사골곰탕 5팩', 'MD-SUP-01*5'),
  configuration('C-SUP-Y5', '육개장 5팩', 'MD-SUP-02*5'),
  configuration('C-SUP-H5', '황태해장국 5팩', 'MD-SUP-03*5'),
  configuration('C-SUP-MIX', '국탕 3종 6팩', 'MD-SUP-01*2 MD-SUP-02*2 MD-SUP-03*2'),
  configuration('C-SUP-1P1', '사골곰탕 5팩 1+1', 'MD-SUP-01*10'),
  configuration('C-SNK-O3', '쌀과자 오리지널 3봉', 'MD-SNK-01*3'),
  configuration('C-SNK-MIX', '쌀과자 골고루 6봉', 'MD-SNK-01*3 MD-SNK-02*3'),
  configuration('C-SNK-G', '오란다 강정 2봉', 'MD-SNK-03*2'),
  configuration('C-TEA-D', '둥굴레차 40티백', 'MD-TEA-01'),
  configuration('C-TEA-B2', '보리차 60티백 2개', 'MD-TEA-02*2'),
  configuration('C-TEA-L', '레몬생강청 1kg', 'MD-TEA-03'),
  configuration('C-TEA-SET', '따뜻한 차 세트', 'MD-TEA-01 MD-TEA-02 MD-TEA-03'),
  configuration('C-GIM-KIT', '김장 준비 세트 (천일염2+감식초)', 'MD-SLT-01*2 MD-VIN-01'),
  configuration('C-LIV-K', '주방 시작 세트 (도마+행주)', 'MD-LIV-01 MD-LIV-02'),
  configuration('C-LIV-O', '옹기 항아리+삼베 주머니', 'MD-LIV-03 MD-LIV-05'),
  configuration('C-LIV-N2', '놋수저 2벌', 'MD-LIV-04*2'),
];

export const families: readonly Family[] = [
  { title: '들기름 도시락김', configurations: ['C-KIM-1', 'C-KIM-1P1', 'C-KIM-4'] },
  { title: '김 골라담기', configurations: ['C-KIM-JB3', 'C-KIM-GC', 'C-KIM-MIX'] },
  { title: '포기김치', configurations: ['C-KCH-P', 'C-KCH-P2'] },
  { title: '별미김치', configurations: ['C-KCH-C', 'C-KCH-B', 'C-KCH-SET'] },
  {
    title: '전통 장류',
    configurations: ['C-JNG-D', 'C-JNG-D1P1', 'C-JNG-G', 'C-JNG-S', 'C-JNG-SET'],
  },
  { title: '저온압착 기름', configurations: ['C-OIL-C', 'C-OIL-D', 'C-OIL-SET', 'C-OIL-2P'] },
  { title: '갓 도정한 쌀과 잡곡', configurations: ['C-RCE-O', 'C-RCE-O2', 'C-RCE-H', 'C-RCE-MIX'] },
  {
    title: '데우면 한 끼 국탕',
    configurations: ['C-SUP-S5', 'C-SUP-Y5', 'C-SUP-H5', 'C-SUP-MIX', 'C-SUP-1P1'],
  },
  { title: '쌀과자·강정', configurations: ['C-SNK-O3', 'C-SNK-MIX', 'C-SNK-G'] },
  { title: '우리차와 청', configurations: ['C-TEA-D', 'C-TEA-B2', 'C-TEA-L', 'C-TEA-SET'] },
  { title: '김장 준비 세트', configurations: ['C-GIM-KIT'] },
  { title: '살림 도구', configurations: ['C-LIV-K', 'C-LIV-O', 'C-LIV-N2'] },
];
