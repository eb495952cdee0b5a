import { Stack, Table, Text } from '@mantine/core';
import { useState } from 'react';
import type { Answer } from '../../../api/contract/route';
import { checkSales, mendSales } from '../../../api/contract/sales';
import { useAnswer, useCommand } from '../../api';
import { useFormat } from '../../format';
import { ListTable } from '../../parts/list-table';
import { Opener } from '../../parts/opener';
import { Shown } from '../../parts/page-state';
import { WithReason } from '../../parts/with-reason';
import { useMay } from '../../session';
import { dictionary, useWords } from '../../words';
import { words as salesWords } from './words';

const words = dictionary(
  {
    what: '보고서는 날짜별·월별 합계에서 나옵니다. 합계가 매출 원장과 원 단위까지 같은지 봅니다.',
    same: '합계가 모두 원장과 같습니다',
    more: '원장에 얼마나 더 있는지',
    mend: '합계 다시 만들기',
    preview: '원장에서 합계를 모두 다시 만듭니다. 그동안 매출 기록은 잠시 기다립니다.',
    day: '일자 또는 월',
    of: '대상',
  },
  {
    what: 'Reports come from sums by day and month. Here these are compared with the ledger, to the won.',
    same: 'All sums are those of the ledger',
    more: 'How much more the ledger has',
    mend: 'Make the sums anew',
    preview: 'All sums are made anew from the ledger. Bookings wait meanwhile.',
    day: 'Day or month',
    of: 'Of',
  },
);

type Difference = Answer<typeof checkSales>['differences'][number];

/** The sums that reports come from, compared with the ledger; managers make them anew. */
export function Check() {
  const t = useWords(words);
  const may = useMay(mendSales);
  const answer = useAnswer(checkSales, {});
  const [mending, setMending] = useState(false);
  const mend = useCommand(mendSales, () => setMending(false));
  return (
    <Stack>
      <Text size="sm">{t.what}</Text>
      <Shown of={answer} empty={t.same} isEmpty={({ differences }) => differences.length === 0}>
        {({ differences }) => (
          <Stack>
            {may ? (
              <Opener onClick={() => setMending(true)} style={{ alignSelf: 'flex-start' }}>
                {t.mend}
              </Opener>
            ) : null}
            <Text fw={600}>{t.more}</Text>
            <Differences rows={differences} />
          </Stack>
        )}
      </Shown>
      {mending ? (
        <WithReason
          title={t.mend}
          preview={<Text size="sm">{t.preview}</Text>}
          confirm={t.mend}
          isPending={mend.isPending}
          onConfirm={(reason) => mend.mutate({ body: { reason } })}
          onClose={() => setMending(false)}
        />
      ) : null}
    </Stack>
  );
}

function Differences({ rows }: { rows: readonly Difference[] }) {
  const t = useWords(words);
  const { pieces, returned, gross, returns, shippingFee } = useWords(salesWords);
  const { won, number } = useFormat();
  return (
    <ListTable head={[t.day, t.of, pieces, returned, gross, returns]}>
      {rows.map((row) => {
        const { view, day, channel, source, configuration, item } = row;
        const goods = view === 'channel' ? '' : [configuration, item].join(' ').trim() || shippingFee;
        return (
          <Table.Tr key={[view, day, channel, source, configuration, item].join(' ')}>
            <Table.Td>{day}</Table.Td>
            <Table.Td>{[channel, source, goods].filter(Boolean).join(' · ')}</Table.Td>
            <Table.Td>{number(row.sold)}</Table.Td>
            <Table.Td>{number(row.returned)}</Table.Td>
            <Table.Td>{won(row.gross)}</Table.Td>
            <Table.Td>{won(row.returns)}</Table.Td>
          </Table.Tr>
        );
      })}
    </ListTable>
  );
}
