import { Button, Group, Stack } from '@mantine/core';
import { useState } from 'react';
import { useSearchParams } from 'react-router';
import { listAudit } from '../../../api/contract/audit';
import type { Answer } from '../../../api/contract/route';
import { useAnswer } from '../../api';
import { Shown } from '../../parts/page-state';
import { useWords } from '../../words';
import { AuditFilters } from './audit-filters';
import { AuditTable } from './audit-table';
import { EventDetail } from './event-detail';
import { words } from './words';

export type Event = Answer<typeof listAudit>['rows'][number];

const FILTERS = ['actor', 'action', 'subject', 'from', 'to', 'cursor'] as const;

/** A page of the trail as the address asks for it. */
export function AuditList() {
  const t = useWords(words);
  const [search, setSearch] = useSearchParams();
  const asked = Object.fromEntries(
    FILTERS.flatMap((name) => {
      const value = search.get(name);
      return value === null || value === '' ? [] : [[name, value]];
    }),
  );
  const answer = useAnswer(listAudit, { query: asked });
  const [opened, setOpened] = useState<Event>();
  const pageFrom = (cursor: string | undefined) => {
    const next = new URLSearchParams(search);
    if (cursor === undefined) next.delete('cursor');
    else next.set('cursor', cursor);
    setSearch(next);
  };
  return (
    <Stack>
      <AuditFilters asked={asked} onAsk={(filters) => setSearch(new URLSearchParams(filters))} />
      <Shown of={answer} empty={t.none} isEmpty={({ rows }) => rows.length === 0}>
        {({ rows, next }) => (
          <Stack>
            <AuditTable rows={rows} onOpen={setOpened} />
            <Group justify="flex-end">
              {search.has('cursor') ? (
                <Button variant="default" onClick={() => pageFrom(undefined)}>
                  {t.newest}
                </Button>
              ) : null}
              <Button variant="default" disabled={next === null} onClick={() => pageFrom(next ?? undefined)}>
                {t.older}
              </Button>
            </Group>
          </Stack>
        )}
      </Shown>
      {opened === undefined ? null : <EventDetail event={opened} onClose={() => setOpened(undefined)} />}
    </Stack>
  );
}
