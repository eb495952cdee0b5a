import { type ComponentType, type LazyExoticComponent, lazy } from 'react';

interface Page {
  readonly path: string;
  readonly ko: string;
  readonly en: string;
  readonly page: LazyExoticComponent<ComponentType>;
}

/** The pages, in the order of the navigation; client/api/console-files.ts serves their addresses. */
export const PAGES: readonly Page[] = [
  { path: '/', ko: '오늘', en: 'Today', page: lazy(() => import('./pages/today')) },
  { path: '/orders', ko: '주문', en: 'Orders', page: lazy(() => import('./pages/orders')) },
  { path: '/matching', ko: '매칭', en: 'Matching', page: lazy(() => import('./pages/matching')) },
  { path: '/catalogue', ko: '품목·구성안', en: 'Items', page: lazy(() => import('./pages/catalogue')) },
  { path: '/upload', ko: '업로드', en: 'Upload', page: lazy(() => import('./pages/upload')) },
  { path: '/dispatch', ko: '출고', en: 'Dispatch', page: lazy(() => import('./pages/dispatch')) },
  { path: '/stock', ko: '재고', en: 'Stock', page: lazy(() => import('./pages/stock')) },
  { path: '/collection', ko: '수집', en: 'Collection', page: lazy(() => import('./pages/collection')) },
  { path: '/sales', ko: '매출', en: 'Sales', page: lazy(() => import('./pages/sales')) },
  { path: '/audit', ko: '감사 기록', en: 'Audit', page: lazy(() => import('./pages/audit')) },
  { path: '/settings', ko: '설정', en: 'Settings', page: lazy(() => import('./pages/settings')) },
];
