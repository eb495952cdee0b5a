import { Navigate, Route, Routes } from 'react-router';
import { Page } from '../../parts/page';
import { NotHere } from '../../parts/page-state';
import { SectionTabs } from '../../parts/section-tabs';
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
  return (
    <Page title={t.title}>
      <SectionTabs
        label={t.title}
        sections={PARTS.map(([name]) => ({ path: `/collection/${name}`, title: t[name] }))}
      />
      <Routes>
        <Route index element={<Navigate to="schedules" replace />} />
        {PARTS.map(([path, Part]) => (
          <Route key={path} path={path} element={<Part />} />
        ))}
        <Route path="*" element={<NotHere />} />
      </Routes>
    </Page>
  );
}
