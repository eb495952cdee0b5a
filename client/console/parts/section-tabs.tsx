import { Tabs } from '@mantine/core';
import { useLocation, useNavigate } from 'react-router';

/** The sections of a page, each with an address of its own; the first one is the page's. */
export function SectionTabs({
  label,
  sections,
}: {
  label: string;
  sections: readonly { readonly path: string; readonly title: string }[];
}) {
  const { pathname } = useLocation();
  const go = useNavigate();
  const [first, ...others] = sections;
  const here = others.find(({ path }) => pathname.startsWith(path)) ?? first;
  return (
    <Tabs
      value={here?.path ?? null}
      onChange={(path) => path !== null && void go(path)}
      activateTabWithKeyboard={false}
    >
      <Tabs.List aria-label={label}>
        {sections.map(({ path, title }) => (
          <Tabs.Tab key={path} value={path}>
            {title}
          </Tabs.Tab>
        ))}
      </Tabs.List>
    </Tabs>
  );
}
