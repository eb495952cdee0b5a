import { Table, Text } from '@mantine/core';
import { showGiftRule } from '../../../api/contract/gifts';
import { useAnswer } from '../../api';
import { useFormat } from '../../format';
import { Dialog } from '../../parts/dialog';
import { Shown } from '../../parts/page-state';
import { dictionary, useWords } from '../../words';
import { type Rule, useTermsInWords } from './terms';

const words = dictionary(
  { title: '이력', version: '버전', terms: '조건', by: '누가', when: '언제', why: '사유' },
  {
    title: 'History',
    version: 'Version',
    terms: 'Terms',
    by: 'By',
    when: 'When',
    why: 'Why',
  },
);

/** Every version of a rule, the newest first. */
export function History({ rule, onClose }: { rule: Rule; onClose: () => void }) {
  const t = useWords(words);
  const inWords = useTermsInWords();
  const { time } = useFormat();
  const shown = useAnswer(showGiftRule, { params: { id: rule.id } });
  return (
    <Dialog title={`${t.title}: ${rule.name}`} size="xl" onClose={onClose}>
      <Shown of={shown}>
        {({ versions }) => (
          <Table>
            <Table.Thead>
              <Table.Tr>
                {[t.version, t.terms, t.by, t.when, t.why].map((heading) => (
                  <Table.Th key={heading}>{heading}</Table.Th>
                ))}
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {versions.map((version) => (
                <Table.Tr key={version.version}>
                  <Table.Td>{version.version}</Table.Td>
                  <Table.Td>
                    {inWords(version)}
                    <Text size="xs">
                      {version.name} · {version.configuration} × {version.quantity}
                    </Text>
                  </Table.Td>
                  <Table.Td>{version.madeBy}</Table.Td>
                  <Table.Td>{time(version.madeAt)}</Table.Td>
                  <Table.Td>{version.reason}</Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        )}
      </Shown>
    </Dialog>
  );
}
