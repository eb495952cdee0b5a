import { useLocation } from 'react-router';
import { listAlerts } from '../../../api/contract/alerts';
import { Page } from '../../parts/page';
import { SectionTabs } from '../../parts/section-tabs';
import { useMay, useSession } from '../../session';
import { dictionary, useWords } from '../../words';
import { Alerts } from './alerts';
import { Connections } from './connections';
import { OwnPassword } from './own-password';
import { Retention } from './retention';
import { Tokens } from './tokens';
import { Users } from './users';

const words = dictionary(
  {
    title: '설정',
    password: '내 비밀번호',
    connections: '연동',
    alerts: '알림',
    users: '사용자',
    tokens: 'API 토큰',
    retention: '개인정보',
  },
  {
    title: 'Settings',
    password: 'My password',
    connections: 'Connections',
    alerts: 'Alerts',
    users: 'Users',
    tokens: 'API tokens',
    retention: 'Personal data',
  },
);

const TABS = {
  password: OwnPassword,
  connections: Connections,
  alerts: Alerts,
  users: Users,
  tokens: Tokens,
  retention: Retention,
} as const;
type Tab = keyof typeof TABS;
const isTab = (text: string): text is Tab => text in TABS;

export default function SettingsPage() {
  const t = useWords(words);
  const { role } = useSession();
  const mayAlert = useMay(listAlerts);
  const asked = useLocation().pathname.split('/')[2] ?? '';
  const ofAdministrator: readonly Tab[] =
    role === 'administrator' ? ['connections', 'users', 'tokens', 'retention'] : [];
  const tabs: readonly Tab[] = [...ofAdministrator, ...(mayAlert ? (['alerts'] as const) : []), 'password'];
  const tab = isTab(asked) && tabs.includes(asked) ? asked : (tabs[0] ?? 'password');
  const Content = TABS[tab];
  return (
    <Page title={t.title}>
      <SectionTabs
        label={t.title}
        sections={tabs.map((name) => ({ path: `/settings/${name}`, title: t[name] }))}
      />
      <Content />
    </Page>
  );
}
