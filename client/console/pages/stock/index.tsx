import { Route, Routes } from 'react-router';
import { Page } from '../../parts/page';
import { NotHere } from '../../parts/page-state';
import { SectionTabs } from '../../parts/section-tabs';
import { dictionary, useWords } from '../../words';
import { Holds } from './holds';
import { Item } from './item';
import { Levels } from './levels';
import { Shortages } from './shortages';

const words = dictionary(
  { title: '재고', levels: '재고 현황', shortages: '부족', holds: '보류 규칙' },
  { title: 'Stock', levels: 'Levels', shortages: 'Shortages', holds: 'Hold rules' },
);

export default function StockPage() {
  const t = useWords(words);
  const sections = [
    { path: '/stock', title: t.levels },
    { path: '/stock/shortages', title: t.shortages },
    { path: '/stock/holds', title: t.holds },
  ];
  return (
    <Page title={t.title}>
      <SectionTabs label={t.title} sections={sections} />
      <Routes>
        <Route index element={<Levels />} />
        <Route path="items/:wms/:itemCode" element={<Item />} />
        <Route path="shortages" element={<Shortages />} />
        <Route path="holds" element={<Holds />} />
        <Route path="*" element={<NotHere />} />
      </Routes>
    </Page>
  );
}
