import { Tabs } from '@mantine/core';
import { Route, Routes, useLocation, useNavigate } from 'react-router';
import { Page } from '../../parts/page';
import { NotHere } from '../../parts/page-state';
import { useWords } from '../../words';
import { DealPage } from './deal-page';
import { Known } from './known';
import { Queue } from './queue';
import { matchingWords } from './words';

export default function MatchingPage() {
  const t = useWords(matchingWords);
  const go = useNavigate();
  const isQueue = /^\/matching\/?$/u.test(useLocation().pathname);
  return (
    <Page title={t.title}>
      <Tabs
        value={isQueue ? 'queue' : 'known'}
        onChange={(tab) => void go(tab === 'queue' ? '/matching' : '/matching/known')}
      >
        <Tabs.List>
          <Tabs.Tab value="queue">{t.queue}</Tabs.Tab>
          <Tabs.Tab value="known">{t.known}</Tabs.Tab>
        </Tabs.List>
      </Tabs>
      <Routes>
        <Route index element={<Queue />} />
        <Route path="known" element={<Known />} />
        <Route path="deals/:dealKey" element={<DealPage />} />
        <Route path="*" element={<NotHere />} />
      </Routes>
    </Page>
  );
}
