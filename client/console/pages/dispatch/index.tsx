import { Route, Routes } from 'react-router';
import { Page } from '../../parts/page';
import { NotHere } from '../../parts/page-state';
import { SectionTabs } from '../../parts/section-tabs';
import { dictionary, useWords } from '../../words';
import { Doubtful } from './doubtful';
import { Evidence } from './evidence';
import { Overview } from './overview';
import { Packing } from './packing';
import { Reconcile } from './reconcile';
import { Routing } from './routing';
import { Shadow } from './shadow';

const words = dictionary(
  {
    title: '출고',
    overview: '현황',
    unknown: '결과 불명',
    routes: '출고 경로',
    packing: '합포장',
    shadow: '전환 시험',
    reconcile: 'WMS 대조',
  },
  {
    title: 'Dispatch',
    overview: 'Overview',
    unknown: 'Unknown outcomes',
    routes: 'Routing',
    packing: 'Combined packing',
    shadow: 'Shadow run',
    reconcile: 'Reconcile',
  },
);

export default function DispatchPage() {
  const t = useWords(words);
  const sections = [
    { path: '/dispatch', title: t.overview },
    { path: '/dispatch/unknown', title: t.unknown },
    { path: '/dispatch/routes', title: t.routes },
    { path: '/dispatch/packing', title: t.packing },
    { path: '/dispatch/shadow', title: t.shadow },
    { path: '/dispatch/reconcile', title: t.reconcile },
  ];
  return (
    <Page title={t.title}>
      <SectionTabs label={t.title} sections={sections} />
      <Routes>
        <Route index element={<Overview />} />
        <Route path="unknown" element={<Doubtful />} />
        <Route path="unknown/:channel/:number" element={<Evidence />} />
        <Route path="routes" element={<Routing />} />
        <Route path="packing" element={<Packing />} />
        <Route path="shadow" element={<Shadow />} />
        <Route path="reconcile" element={<Reconcile />} />
        <Route path="*" element={<NotHere />} />
      </Routes>
    </Page>
  );
}
