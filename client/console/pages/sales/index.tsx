import { Tabs } from '@mantine/core';
import { Route, Routes, useLocation, useNavigate } from 'react-router';
import { Page } from '../../parts/page';
import { NotHere } from '../../parts/page-state';
import { useWords } from '../../words';
import { Check } from './check';
import { Cross } from './cross';
import { Fees } from './fees';
import { Report } from './report';
import { words } from './words';

const TABS = ['sales', 'cross', 'fees', 'check'] as const;

/** Each tab has an address of its own, and takes the period along. */
export default function SalesPage() {
  const t = useWords(words);
  const go = useNavigate();
  const { pathname, search } = useLocation();
  const tab = TABS.find((one) => pathname === `/sales/${one}`) ?? 'sales';
  return (
    <Page title={t.title}>
      <Tabs
        value={tab}
        onChange={(value) => void go(value === 'sales' ? `/sales${search}` : `/sales/${value}${search}`)}
      >
        <Tabs.List>
          {TABS.map((one) => (
            <Tabs.Tab key={one} value={one}>
              {t[one]}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        <Tabs.Panel value={tab} pt="md">
          <Routes>
            <Route index element={<Report />} />
            <Route path="cross" element={<Cross />} />
            <Route path="fees" element={<Fees />} />
            <Route path="check" element={<Check />} />
            <Route path="*" element={<NotHere />} />
          </Routes>
        </Tabs.Panel>
      </Tabs>
    </Page>
  );
}
