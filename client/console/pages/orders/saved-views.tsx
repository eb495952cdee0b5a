import { Button, Group, Select, Text } from '@mantine/core';
import { useState } from 'react';
import type { Answer } from '../../../api/contract/route';
import { changeView, listViews } from '../../../api/contract/saved-views';
import { useAnswer, useCommand } from '../../api';
import { Opener } from '../../parts/opener';
import { useSaid } from '../../parts/said';
import { useWords } from '../../words';
import { type Filters, queryOf } from './filters';
import { NameView, RemoveView } from './view-dialogs';
import { viewWords } from './view-words';

export type View = Answer<typeof listViews>['rows'][number];

/** As the server counts: up to so many. */
const COUNTED = 100;

interface Props {
  readonly filters: Filters;
  readonly view: number | undefined;
  readonly open: (filters: Filters, view: number | undefined) => void;
}

/** Opens what somebody has kept under a name, and keeps the present filters. */
export function SavedViews({ filters, view, open }: Props) {
  const t = useWords(viewWords);
  const views = useAnswer(listViews, {});
  const [dialog, setDialog] = useState<'save' | 'rename' | 'remove' | null>(null);
  const overwrite = useCommand(changeView);
  // A search text is not kept.
  const { q: _, ...kept } = filters;
  const opened = views.data?.rows.find(({ id }) => id === view);
  const isChanged = opened !== undefined && queryOf(kept) !== queryOf(opened.filters);
  const close = () => setDialog(null);
  return (
    <Group gap="xs" visibleFrom="sm">
      <ViewSelect views={views} opened={opened} open={open} />
      <Opener variant="subtle" onClick={() => setDialog('save')}>
        {t.save}
      </Opener>
      {isChanged ? <Text size="sm">{t.changed}</Text> : null}
      {opened?.mayChange ? (
        <>
          {isChanged ? (
            <Button
              variant="subtle"
              loading={overwrite.isPending}
              onClick={() => {
                const { id, name, version } = opened;
                overwrite.mutate({ params: { id }, body: { name, version, filters: kept } });
              }}
            >
              {t.overwrite}
            </Button>
          ) : null}
          <Opener variant="subtle" onClick={() => setDialog('rename')}>
            {t.rename}
          </Opener>
          <Opener variant="subtle" color="red" onClick={() => setDialog('remove')}>
            {t.remove}
          </Opener>
        </>
      ) : null}
      {dialog === 'save' ? (
        <NameView filters={kept} onSaved={(id) => open(kept, id)} onClose={close} />
      ) : null}
      {dialog === 'rename' && opened !== undefined ? <NameView view={opened} onClose={close} /> : null}
      {dialog === 'remove' && opened !== undefined ? (
        <RemoveView view={opened} onRemoved={() => open(filters, undefined)} onClose={close} />
      ) : null}
    </Group>
  );
}

function ViewSelect(given: {
  views: ReturnType<typeof useAnswer<typeof listViews>>;
  opened: View | undefined;
  open: Props['open'];
}) {
  const { views, opened, open } = given;
  const said = useSaid();
  const t = useWords(viewWords);
  const rows = views.data?.rows ?? [];
  const empty = views.isPending ? t.loading : t.none;
  const labelOf = ({ name, shared, orders }: View) => {
    const count = orders >= COUNTED ? `${COUNTED - 1}+` : String(orders);
    return [name, ...(shared ? [t.forAll] : []), t.orders(count)].join(' · ');
  };
  return (
    <Select
      size="xs"
      w={240}
      aria-label={t.views}
      placeholder={rows.length === 0 ? empty : t.views}
      error={views.error === null ? undefined : said(views.error.message)}
      disabled={rows.length === 0}
      data={rows.map((view) => ({ value: String(view.id), label: labelOf(view) }))}
      value={opened === undefined ? null : String(opened.id)}
      onChange={(id) => {
        const chosen = rows.find((view) => String(view.id) === id);
        if (chosen !== undefined) open(chosen.filters, chosen.id);
      }}
    />
  );
}
