import { Alert, Badge, Button, Group, Text } from '@mantine/core';
import { useNavigate, useParams } from 'react-router';
import { dropDraft, type UploadDraft } from '../../../api/contract/upload';
import { useCommand } from '../../api';
import { useFormat } from '../../format';
import { Page } from '../../parts/page';
import { Shown } from '../../parts/page-state';
import { useWords } from '../../words';
import { Mapping } from './mapping';
import { Mending } from './mending';
import { useDraft } from './use-draft';
import { words } from './words';

/** A file that was checked: its columns are mapped, its cells mended, and it is taken in. */
export function DraftPage() {
  const id = Number(useParams()['id']);
  const draft = useDraft(id);
  const t = useWords(words);
  return (
    <Page title={draft.data?.fileName ?? t.title} actions={<Discard id={id} />}>
      <Shown of={draft}>
        {(shown) => (
          <>
            <Facts draft={shown} />
            {shown.found === null ? null : <Mending key={shown.version} draft={shown} found={shown.found} />}
            {shown.outline === null ? null : <Mapping draft={shown} outline={shown.outline} />}
          </>
        )}
      </Shown>
    </Page>
  );
}

function Discard({ id }: { id: number }) {
  const t = useWords(words);
  const go = useNavigate();
  const discard = useCommand(dropDraft, () => void go('/upload'));
  return (
    <Button variant="default" loading={discard.isPending} onClick={() => discard.mutate({ params: { id } })}>
      {t.discard}
    </Button>
  );
}

function Facts({ draft: { found, expiresAt } }: { draft: UploadDraft }) {
  const t = useWords(words);
  const { number, time } = useFormat();
  if (found === null) return null;
  const counts = [
    [t.rows, found.rows, 'gray'],
    [t.ready, found.orders, 'green'],
    [t.known, found.knownOrders, found.knownOrders > 0 ? 'orange' : 'gray'],
    [t.rejectedRows, found.rejectedRows, found.rejectedRows > 0 ? 'red' : 'gray'],
    [t.problems, found.problemCount, found.problemCount > 0 ? 'red' : 'gray'],
  ] as const;
  return (
    <>
      <Text size="sm" c="gray.7">
        {[
          t.readAs(found.template, found.channel),
          found.sample ? t.noRevenue : undefined,
          found.sheet ?? found.encoding ?? undefined,
          t.headerRow(found.headerRow),
          t.keptUntil(time(expiresAt)),
        ]
          .filter((part) => part !== undefined)
          .join(' · ')}
      </Text>
      <Group gap="xs">
        {counts.map(([what, count, color]) => (
          <Badge key={what} size="lg" variant="light" color={color} c="dark.9">
            {what} {number(count)}
          </Badge>
        ))}
      </Group>
      {found.problemCount > 0 ? null : <Alert color="green">{t.allWell}</Alert>}
    </>
  );
}
