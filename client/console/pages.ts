import { type ComponentType, type LazyExoticComponent, lazy } from 'react';
import { CONSOLE_PAGES, type ConsolePage } from '../api/contract/pages';

interface Page {
  readonly ko: string;
  readonly en: string;
  readonly page: LazyExoticComponent<ComponentType>;
}

const PAGE_AT: Readonly<Record<ConsolePage, Page>> = {
  '': { ko: '오늘', en: 'Today', page: lazy(() => import('./pages/today')) },
  orders: { ko: '주문', en: 'Orders', page: lazy(() => import('./pages/orders')) },
  matching: { ko: '매칭', en: 'Matching', page: lazy(() => import('./pages/matching')) },
  catalogue: { ko: '품목·구성안', en: 'Items', page: lazy(() => import('./pages/catalogue')) },
  gifts: { ko: '사은품', en: 'Gifts', page: lazy(() => import('./pages/gifts')) },
  upload: { ko: '업로드', en: 'Upload', page: lazy(() => import('./pages/upload')) },
  dispatch: { ko: '출고', en: 'Dispatch', page: lazy(() => import('./pages/dispatch')) },
  stock: { ko: '재고', en: 'Stock', page: lazy(() => import('./pages/stock')) },
  collection: { ko: '수집', en: 'Collection', page: lazy(() => import('./pages/collection')) },
  sales: { ko: '매출', en: 'Sales', page: lazy(() => import('./pages/sales')) },
  audit: { ko: '감사 기록', en: 'Audit', page: lazy(() => import('./pages/audit')) },
  settings: { ko: '설정', en: 'Settings', page: lazy(() => import('./pages/settings')) },
};

/** The pages, in the order of the navigation. */
export const PAGES = CONSOLE_PAGES.map((name) => ({ path: `/${name}`, ...PAGE_AT[name] }));
