import { AppShell, Burger, Button, Group, NavLink, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import type { ReactNode } from 'react';
import { Link, useLocation } from 'react-router';
import { signOut } from '../api/contract/session';
import { useCommand } from './api';
import { useLive } from './live';
import { PAGES } from './pages';
import { LanguageSwitch } from './parts/language-switch';
import { OrderSearch } from './parts/order-search';
import { useSession } from './session';
import { dictionary, type Language, useLanguage, useWords } from './words';

const words = dictionary({ menu: '메뉴', signOut: '로그아웃' }, { menu: 'Menu', signOut: 'Sign out' });

/** What is around every page: navigation, the one search box, who is signed in. */
export function Shell({
  children,
  setLanguage,
}: {
  children: ReactNode;
  setLanguage: (language: Language) => void;
}) {
  const t = useWords(words);
  const language = useLanguage();
  const { name } = useSession();
  const { pathname } = useLocation();
  const [opened, { toggle, close }] = useDisclosure();
  const leave = useCommand(signOut, () => window.location.assign('/'));
  useLive();
  return (
    <AppShell
      header={{ height: 52 }}
      navbar={{ width: 170, breakpoint: 'sm', collapsed: { mobile: !opened } }}
      padding="md"
    >
      <AppShell.Header>
        <Group h="100%" px="md" wrap="nowrap" justify="space-between">
          <Group wrap="nowrap" gap="sm">
            <Burger opened={opened} onClick={toggle} hiddenFrom="sm" size="sm" aria-label={t.menu} />
            <Text fw={700} component={Link} to="/" c="indigo.8" td="none" visibleFrom="sm">
              Boosta
            </Text>
          </Group>
          <OrderSearch />
          <Group wrap="nowrap" gap="xs">
            <LanguageSwitch setLanguage={setLanguage} />
            <Text size="sm" visibleFrom="sm">
              {name}
            </Text>
            <Button variant="subtle" onClick={() => leave.mutate({})}>
              {t.signOut}
            </Button>
          </Group>
        </Group>
      </AppShell.Header>
      <AppShell.Navbar p="xs">
        {PAGES.map((page) => (
          <NavLink
            key={page.path}
            component={Link}
            to={page.path}
            label={page[language]}
            active={page.path === '/' ? pathname === '/' : pathname.startsWith(page.path)}
            onClick={close}
          />
        ))}
      </AppShell.Navbar>
      <AppShell.Main>{children}</AppShell.Main>
    </AppShell>
  );
}
