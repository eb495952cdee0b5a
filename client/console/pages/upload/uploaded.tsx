import { Alert, Anchor, Button, Group, SimpleGrid, Text, Title } from '@mantine/core';
import { Link, useLocation, useParams } from 'react-router';
import { ordersOfUpload, readUpload } from '../../../api/contract/upload';
import { ask, keyOf, useAnswer } from '../../api';
import { useFormat } from '../../format';
import { More } from '../../parts/more';
import { Page } from '../../parts/page';
import { Shown } from '../../parts/page-state';
import { usePages } from '../../use-pages';
import { useWords } from '../../words';
import { words } from './words';

/** What became of a file that was taken in: its orders. */
export function Uploaded() {
  const t = useWords(words);
  const { number, time } = useFormat();
  const id = Number(useParams()['id']);
  const { late } = (useLocation().state ?? {}) as { late?: number };
  const upload = useAnswer(readUpload, { params: { id } });
  const call = { params: { id }, query: { limit: 200 } };
  const orders = usePages(keyOf(ordersOfUpload, call), (cursor) =>
    ask(ordersOfUpload, { ...call, query: { ...call.query, cursor } }),
  );
  return (
    <Page
      title={upload.data?.fileName ?? t.title}
      actions={
        <Button variant="default" component={Link} to="/upload">
          {t.back}
        </Button>
      }
    >
      {late === undefined ? null : (
        <Alert color="green" title={t.done} role="status">
          {late > 0 ? t.late(late) : null}
        </Alert>
      )}
      <Shown of={upload}>
        {(file) => (
          <Group gap="lg">
            <Text size="sm">
              {t.template} {file.template}
            </Text>
            <Text size="sm">
              {t.orders} {number(file.orders)}
            </Text>
            <Text size="sm">
              {t.rejectedRows} {number(file.rejectedRows)}
            </Text>
            <Text size="sm">
              {file.madeBy} · {time(file.madeAt)}
            </Text>
          </Group>
        )}
      </Shown>
      <Title order={2} size="h5">
        {t.ordersOf}
      </Title>
      <Shown of={orders} isEmpty={({ rows }) => rows.length === 0}>
        {({ rows }) => (
          <SimpleGrid cols={{ base: 1, sm: 3, lg: 4 }} spacing="xs">
            {rows.map(({ orderKey }) => (
              <Anchor key={orderKey} component={Link} to={`/orders/${orderKey}`} size="sm">
                {orderKey}
              </Anchor>
            ))}
          </SimpleGrid>
        )}
      </Shown>
      <More of={orders} />
    </Page>
  );
}
