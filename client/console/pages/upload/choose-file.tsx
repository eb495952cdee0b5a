import {
  Alert,
  Button,
  FileButton,
  Group,
  Loader,
  Paper,
  Select,
  Stack,
  Text,
  TextInput,
} from '@mantine/core';
import { type DragEvent, useState } from 'react';
import { useNavigate } from 'react-router';
import { checkFile, FILE_BYTES, listTemplates } from '../../../api/contract/upload';
import { useAnswer, useCommand } from '../../api';
import { Said } from '../../parts/said';
import { useMay } from '../../session';
import { useWords } from '../../words';
import { useKeepDraft } from './use-draft';
import { words } from './words';

/** Drops or chooses a file, and has it checked. */
export function ChooseFile() {
  const t = useWords(words);
  const go = useNavigate();
  const keep = useKeepDraft();
  const [template, setTemplate] = useState<string | null>(null);
  const [sheet, setSheet] = useState('');
  const [isOver, setOver] = useState(false);
  const [isTooLarge, setTooLarge] = useState(false);
  const check = useCommand(checkFile, (draft) => {
    keep(draft);
    void go(`/upload/drafts/${draft.id}`);
  });
  const choose = (file: File | null | undefined) => {
    if (file === null || file === undefined) return;
    setTooLarge(file.size > FILE_BYTES);
    if (file.size > FILE_BYTES) return;
    const how = { ...(template === null ? {} : { template }), ...(sheet === '' ? {} : { sheet }) };
    check.mutate({ query: { fileName: file.name, ...how }, body: file });
  };
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    choose(event.dataTransfer.files[0]);
  };
  if (!useMay(checkFile)) return null;
  const refusal = isTooLarge ? t.tooLarge : check.error?.message;
  return (
    <Stack gap="sm">
      <Paper
        withBorder
        p="xl"
        bg={isOver ? 'indigo.0' : 'gray.0'}
        onDragOver={(event) => {
          event.preventDefault();
          setOver(true);
        }}
        onDragLeave={() => setOver(false)}
        onDrop={drop}
      >
        <Stack align="center" gap="sm">
          {check.isPending ? (
            <Group role="status">
              <Loader size="sm" />
              <Text>{t.checking}</Text>
            </Group>
          ) : (
            <>
              <Text>{t.dropHere}</Text>
              <FileButton onChange={choose} accept=".xlsx,.csv,.txt">
                {(props) => (
                  <Button size="sm" {...props}>
                    {t.choose}
                  </Button>
                )}
              </FileButton>
            </>
          )}
          <HowToRead {...{ template, setTemplate, sheet, setSheet }} />
        </Stack>
      </Paper>
      {refusal === undefined || check.isPending ? null : (
        <Alert color="red" title={t.refused} role="alert">
          <Said>{refusal}</Said>
        </Alert>
      )}
    </Stack>
  );
}

function HowToRead(props: {
  template: string | null;
  setTemplate: (name: string | null) => void;
  sheet: string;
  setSheet: (name: string) => void;
}) {
  const t = useWords(words);
  const known = useAnswer(listTemplates, {});
  return (
    <Group>
      <Select
        size="xs"
        label={t.template}
        placeholder={t.recognise}
        clearable
        data={known.data?.rows.map(({ name }) => name) ?? []}
        value={props.template}
        onChange={props.setTemplate}
      />
      <TextInput
        size="xs"
        label={t.sheet}
        maxLength={100}
        value={props.sheet}
        onChange={(event) => props.setSheet(event.currentTarget.value)}
      />
    </Group>
  );
}
