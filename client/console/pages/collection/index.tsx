import { Tabs } from '@mantine/core';
import { Navigate, Route, Routes, useLocation, useNavigate } from 'react-router';
import { Page } from '../../parts/page';
import { NotHere } from '../../parts/page-state';
import { useWords } from '../../words';
import { Channels } from './channels';
import { Claims } from './claims';
import { CoveragePart } from './coverage';
import { Runs } from './runs';
import { Schedules } from './schedules';
import { Tracking } from './tracking';
import { words } from './words';

const PARTS = [
  ['schedules', Schedules],
  ['coverage', CoveragePart],
  ['runs', Runs],
  ['channels', Channels],
  ['claims', Claims],
  ['tracking', Tracking],
] as const;

export default function CollectionPage() {
  const t = useWords(words);
  const go = useNavigate();
  const part = useLocation().pathname.split('/')[2] ?? 'schedules';
  return (
    <Page title={t.title}>
      <Tabs value={part} onChange={(name) => void go(`/collection/${name}`)} activateTabWithKeyboard={false}>
        <Tabs.List>
          {PARTS.map(([name]) => (
            <Tabs.Tab key={name} value={name}>
              {t[name]}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        <Tabs.Panel value={part} pt="md">
          <Routes>
            <Route index element={<Navigate to="schedules" replace />} />
            {PARTS.map(([path, Part]) => (
              <Route key={path} path={path} element={<Part />} />
            ))}
            <Route path="*" element={<NotHere />} />
          </Routes>
        </Tabs.Panel>
      </Tabs>
    </Page>
  );
}
