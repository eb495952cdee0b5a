import { Alert, Table, Text } from '@mantine/core';
import { useState } from 'react';
import type { Difference } from '../../../../domain/difference';
import { confirmDeal } from '../../../api/contract/matching';
import { useCommand } from '../../api';
import { Opener } from '../../parts/opener';
import { WithReason } from '../../parts/with-reason';
import { useMay } from '../../session';
import { useWords } from '../../words';
import type { DealShown } from './deal-detail';
import { Preview } from './decide';
import { usePrices } from './use-prices';
import { differenceWords, matchingWords } from './words';

/** Orange on orange has too little contrast. */
const DARK_TITLE = { title: { color: 'var(--mantine-color-dark-8)' } };

type Change = NonNullable<DealShown['change']>;

/** What the channel has changed of a deal since it was decided, and that it stands for the same all the same. */
export function Changed({
  deal,
  change,
  canConfirm,
  onConfirmed,
}: {
  deal: DealShown;
  change: Change;
  canConfirm: boolean;
  /** With the job that carries it out, where there is one. */
  onConfirmed: (jobId: number | null) => void;
}) {
  const t = useWords(matchingWords);
  const may = useMay(confirmDeal);
  const [isAsking, setAsking] = useState(false);
  const close = () => setAsking(false);
  const confirm = useCommand(confirmDeal, ({ jobId }) => {
    close();
    onConfirmed(jobId);
  });
  const { dealKey, version, prices } = deal;
  const seen = prices === null ? {} : { prices };
  return (
    <Alert color="orange" title={t.changedTitle} styles={DARK_TITLE}>
      <Text size="sm">{t.changedNote(change.configuration)}</Text>
      <Differences deal={deal} change={change} />
      {may && canConfirm ? (
        <Opener size="compact-sm" mt="xs" onClick={() => setAsking(true)}>
          {t.confirm(change.configuration)}
        </Opener>
      ) : null}
      {isAsking ? (
        <WithReason
          title={t.confirmTitle}
          confirm={t.confirm(change.configuration)}
          size="lg"
          isPending={confirm.isPending}
          onClose={close}
          onConfirm={(reason) =>
            confirm.mutate({ params: { dealKey }, body: { version, ...seen, reason } }, { onError: close })
          }
          preview={
            <>
              <Differences deal={deal} change={change} />
              <Preview
                dealKey={dealKey}
                decision={{ configuration: change.configuration, holdsFrom: undefined }}
              />
            </>
          }
        />
      ) : null}
    </Alert>
  );
}

function Differences({ deal, change: { decided, differs } }: { deal: DealShown; change: Change }) {
  const t = useWords(matchingWords);
  const names = useWords(differenceWords);
  const prices = usePrices();
  const textOf = (offer: Change['decided'], what: Difference) =>
    what === 'price' ? prices(offer.prices) : offer[what];
  return (
    <Table verticalSpacing={2} aria-label={t.changedTitle}>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>{t.what}</Table.Th>
          <Table.Th>{t.before}</Table.Th>
          <Table.Th>{t.now}</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {differs.map((what) => (
          <Table.Tr key={what}>
            <Table.Th>{names[what]}</Table.Th>
            <Table.Td>{textOf(decided, what)}</Table.Td>
            <Table.Td fw={600}>{textOf(deal, what)}</Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}
