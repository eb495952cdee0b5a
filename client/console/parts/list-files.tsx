import { Alert, Button, FileButton, Group, ScrollArea, Stack, Table, Text } from '@mantine/core';
import { useRef, useState } from 'react';
import type { ListKindName } from '../../../domain/list-kind';
import { exportList, importList, LIST_BYTES } from '../../api/contract/lists';
import type { Answer } from '../../api/contract/route';
import { addressOf, useCommand } from '../api';
import { useFormat } from '../format';
import { useMay } from '../session';
import { dictionary, useWords } from '../words';
import { JobProgress } from './job-progress';
import { Said, useSaid } from './said';
import { WithReason } from './with-reason';

type TakenIn = Answer<typeof importList>;

const words = dictionary(
  {
    take: '엑셀로 내려받기',
    give: '엑셀 올리기',
    title: '엑셀 올리기',
    confirm: '올리기',
    tooLarge: '파일이 5 MiB보다 큽니다. 나누어 올리세요.',
    refused: '올리지 않았습니다',
    problems: (count: string) => `문제 ${count}개. 고쳐서 다시 올리세요. 아무것도 바뀌지 않았습니다.`,
    counts: (added: string, changed: string, unchanged: string) =>
      `추가 ${added}, 변경 ${changed}, 그대로 ${unchanged}`,
    rest: '파일에 없는 것은 그대로 둡니다.',
    nothing: '파일의 내용이 지금과 같습니다.',
    saved: '올렸습니다',
    row: '행',
    column: '열',
    what: '무엇',
    problem: '문제',
    before: '지금',
    after: '바뀐 뒤',
  },
  {
    take: 'As an Excel file',
    give: 'Take in an Excel file',
    title: 'Take in an Excel file',
    confirm: 'Take it in',
    tooLarge: 'The file has more than 5 MiB: split it into several.',
    refused: 'It was not taken in',
    problems: (count: string) =>
      `${count} problems: mend them and choose the file again. Nothing has changed.`,
    counts: (added: string, changed: string, unchanged: string) =>
      `${added} added, ${changed} changed, ${unchanged} as they are`,
    rest: 'What is not in the file stays as it is.',
    nothing: 'All in the file is so already.',
    saved: 'It was taken in',
    row: 'Row',
    column: 'Column',
    what: 'What',
    problem: 'Problem',
    before: 'Now',
    after: 'Then',
  },
);

/** Hands a list out as a workbook and takes a changed one in again, after saying what that would change. */
export function ListFiles({ kind }: { kind: ListKindName }) {
  const t = useWords(words);
  const may = useMay(importList);
  const [file, setFile] = useState<File>();
  const [checked, setChecked] = useState<TakenIn>();
  const [saved, setSaved] = useState<TakenIn>();
  const [isTooLarge, setTooLarge] = useState(false);
  const check = useCommand(importList, setChecked);
  const take = useCommand(importList, (taken) => {
    setChecked(taken.isSaved ? undefined : taken);
    setSaved(taken.isSaved ? taken : undefined);
  });
  // The same file, once it is mended, can be chosen again.
  const forget = useRef<() => void>(null);
  const choose = (chosen: File | null) => {
    forget.current?.();
    setSaved(undefined);
    setChecked(undefined);
    if (chosen === null) return;
    setTooLarge(chosen.size > LIST_BYTES);
    if (chosen.size > LIST_BYTES) return;
    setFile(chosen);
    const query = { fileName: chosen.name, dryRun: 'yes' as const, reason: t.title };
    check.mutate({ params: { kind }, query, body: chosen });
  };
  const refusal = isTooLarge ? t.tooLarge : check.error?.message;
  const hasProblems = checked !== undefined && checked.problems.length > 0;
  return (
    <Stack gap="xs">
      <Group gap="xs">
        <Button variant="default" component="a" href={addressOf(exportList, { params: { kind } })} download>
          {t.take}
        </Button>
        {may ? (
          <FileButton onChange={choose} accept=".xlsx,.csv" resetRef={forget}>
            {(props) => (
              <Button variant="default" loading={check.isPending} {...props}>
                {t.give}
              </Button>
            )}
          </FileButton>
        ) : null}
      </Group>
      {refusal === undefined || check.isPending ? null : (
        <Alert color="red" title={t.refused} role="alert">
          <Said>{refusal}</Said>
        </Alert>
      )}
      {hasProblems ? <Problems of={checked} /> : null}
      {saved === undefined ? null : (
        <Alert color="teal" title={t.saved} role="status">
          <Counts of={saved} />
          {saved.jobs.map((jobId) => (
            <JobProgress key={jobId} jobId={jobId} />
          ))}
        </Alert>
      )}
      {checked === undefined || hasProblems || file === undefined ? null : (
        <WithReason
          title={t.title}
          confirm={t.confirm}
          size="lg"
          isPending={take.isPending}
          preview={<Changes of={checked} />}
          onClose={() => setChecked(undefined)}
          onConfirm={(reason) =>
            take.mutate({ params: { kind }, query: { fileName: file.name, reason }, body: file })
          }
        />
      )}
    </Stack>
  );
}

function Counts({ of: { changes, unchanged } }: { of: TakenIn }) {
  const t = useWords(words);
  const { number } = useFormat();
  const added = changes.filter(({ before }) => before === null).length;
  return <Text size="sm">{t.counts(number(added), number(changes.length - added), number(unchanged))}</Text>;
}

function Changes({ of: taken }: { of: TakenIn }) {
  const t = useWords(words);
  return (
    <>
      <Counts of={taken} />
      <Text size="xs" c="gray.7">
        {taken.changes.length === 0 ? t.nothing : t.rest}
      </Text>
      {taken.changes.length === 0 ? null : (
        <Rows
          heads={[t.row, t.what, t.before, t.after]}
          rows={taken.changes.map(({ row, name, before, after }) => [row, name, before ?? '', after])}
        />
      )}
    </>
  );
}

function Problems({ of: { problems } }: { of: TakenIn }) {
  const t = useWords(words);
  const said = useSaid();
  const { number } = useFormat();
  return (
    <Alert color="red" title={t.refused} role="alert">
      <Text size="sm">{t.problems(number(problems.length))}</Text>
      <Rows
        heads={[t.row, t.column, t.problem]}
        rows={problems.map(({ row, column, header, message }) => [
          row,
          [column, header].filter(Boolean).join(' '),
          said(message),
        ])}
      />
    </Alert>
  );
}

/** More than that nobody reads here. */
const ROWS_SHOWN = 200;

function Rows({
  heads,
  rows,
}: {
  heads: readonly string[];
  rows: readonly (readonly (string | number)[])[];
}) {
  return (
    <ScrollArea.Autosize mah={320} type="auto">
      <Table verticalSpacing={2}>
        <Table.Thead>
          <Table.Tr>
            {heads.map((head) => (
              <Table.Th key={head}>{head}</Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {rows.slice(0, ROWS_SHOWN).map((cells) => (
            <Table.Tr key={cells.join('\0')}>
              {heads.map((head, at) => (
                <Table.Td key={head}>{cells[at]}</Table.Td>
              ))}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </ScrollArea.Autosize>
  );
}
