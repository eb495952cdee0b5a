import { Route, Routes } from 'react-router';
import { Page } from '../../parts/page';
import { NotHere } from '../../parts/page-state';
import { SectionTabs } from '../../parts/section-tabs';
import { dictionary, useWords } from '../../words';
import { Rules } from './rules';
import { TryOut } from './try-out';

const words = dictionary(
  { title: '사은품', rules: '규칙', tryOut: '모의 적용' },
  { title: 'Gifts', rules: 'Rules', tryOut: 'Dry run' },
);

export default function GiftsPage() {
  const t = useWords(words);
  const sections = [
    { path: '/gifts', title: t.rules },
    { path: '/gifts/try', title: t.tryOut },
  ];
  return (
    <Page title={t.title}>
      <SectionTabs label={t.title} sections={sections} />
      <Routes>
        <Route index element={<Rules />} />
        <Route path="try" element={<TryOut />} />
        <Route path="*" element={<NotHere />} />
      </Routes>
    </Page>
  );
}
