import { Anchor, SegmentedControl, Stack, Table } from '@mantine/core';
import { Link, useSearchParams } from 'react-router';
import { listClaims } from '../../../api/contract/collection';
import { ask, keyOf } from '../../api';
import { useFormat } from '../../format';
import { More } from '../../parts/more';
import { Shown } from '../../parts/page-state';
import { usePages } from '../../use-pages';
import { useWords } from '../../words';
import { words } from './words';

const ANSWERS = ['awaited', 'pending', 'refused', 'done'] as const;

/** What customers asked for after ordering, and whether its source was answered. */
export function Claims() {
  const t = useWords(words);
  const { time } = useFormat();
  const [search, setSearch] = useSearchParams();
  const answer = ANSWERS.find((one) => one === search.get('answer')) ?? 'awaited';
  const claims = usePages(keyOf(listClaims, { query: { answer } }), (cursor) =>
    ask(listClaims, { query: { answer, cursor } }),
  );
  return (
    <Stack>
      <SegmentedControl
        aria-label={t.answer}
        value={answer}
        onChange={(value) => setSearch({ answer: value })}
        data={ANSWERS.map((value) => ({ value, label: t[value] }))}
      />
      <Shown of={claims} isEmpty={({ rows }) => rows.length === 0} empty={t.noClaims}>
        {({ rows }) => (
          <Table>
            <Table.Thead>
              <Table.Tr>
                {[t.order, t.claim, t.kind, t.source, t.requested, t.outcome, t.why].map((heading) => (
                  <Table.Th key={heading}>{heading}</Table.Th>
                ))}
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {rows.map((claim) => (
                <Table.Tr key={`${claim.source} ${claim.orderKey} ${claim.claimId}`}>
                  <Table.Td>
                    <Anchor component={Link} to={`/orders/${claim.orderKey}`} size="sm">
                      {claim.orderKey}
                    </Anchor>
                  </Table.Td>
                  <Table.Td>{claim.claimId}</Table.Td>
                  <Table.Td>{t[claim.kind]}</Table.Td>
                  <Table.Td>{claim.source}</Table.Td>
                  <Table.Td>{time(claim.requestedAt)}</Table.Td>
                  <Table.Td>{claim.outcome}</Table.Td>
                  <Table.Td>{claim.answerReason}</Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        )}
      </Shown>
      <More of={claims} />
    </Stack>
  );
}
