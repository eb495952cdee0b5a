import { Tabs } from '@mantine/core';
import { Route, Routes, useLocation, useNavigate } from 'react-router';
import { Page } from '../../parts/page';
import { NotHere } from '../../parts/page-state';
import { useWords } from '../../words';
import { Fees } from './fees';
import { Report } from './report';
import { words } from './words';

export default function SalesPage() {
  const t = useWords(words);
  const go = useNavigate();
  const { pathname, search } = useLocation();
  const tab = pathname.endsWith('/fees') ? 'fees' : 'sales';
  return (
    <Page title={t.title}>
      <Tabs
        value={tab}
        onChange={(value) => void go(value === 'fees' ? `/sales/fees${search}` : `/sales${search}`)}
      >
        <Tabs.List>
          <Tabs.Tab value="sales">{t.sales}</Tabs.Tab>
          <Tabs.Tab value="fees">{t.fees}</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value={tab} pt="md">
          <Routes>
            <Route index element={<Report />} />
            <Route path="fees" element={<Fees />} />
            <Route path="*" element={<NotHere />} />
          </Routes>
        </Tabs.Panel>
      </Tabs>
    </Page>
  );
}
