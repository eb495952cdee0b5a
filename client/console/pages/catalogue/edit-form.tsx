import { Alert, Button, Group, Paper, Stack, Textarea, TextInput } from '@mantine/core';
import { type FormEvent, type ReactNode, useState } from 'react';
import { CodeInput } from '../../parts/code-input';
import { Said } from '../../parts/said';
import { useWords } from '../../words';
import { catalogueWords } from './words';

export interface Named {
  readonly code: string;
  readonly name: string;
}

/** What an item and a configuration have in common when they are edited: code, name, the rest, and the reason. */
export function EditForm({
  known,
  isPending,
  refused,
  children,
  onSave,
  onBack,
}: {
  /** Undefined: something new is added. */
  known: Named | undefined;
  isPending: boolean;
  refused: string | undefined;
  children: ReactNode;
  onSave: (given: Named & { readonly reason: string }) => void;
  onBack: () => void;
}) {
  const t = useWords(catalogueWords);
  const [code, setCode] = useState(known?.code ?? '');
  const [name, setName] = useState(known?.name ?? '');
  const [reason, setReason] = useState('');
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onSave({ code, name: name.trim(), reason: reason.trim() });
  };
  return (
    <Paper withBorder p="md" component="form" onSubmit={submit} maw={720}>
      <Stack>
        {refused === undefined ? null : (
          <Alert color="red" role="alert" title={t.notSaved}>
            <Said>{refused}</Said>
          </Alert>
        )}
        <CodeInput
          label={t.code}
          disabled={known !== undefined}
          {...(known === undefined ? { description: t.codeNote } : {})}
          value={code}
          onChange={setCode}
        />
        <TextInput
          label={t.name}
          required
          maxLength={200}
          value={name}
          onChange={({ currentTarget: { value } }) => setName(value)}
        />
        {children}
        <Textarea
          label={t.reason}
          required
          maxLength={300}
          value={reason}
          onChange={({ currentTarget: { value } }) => setReason(value)}
        />
        <Group justify="flex-end">
          <Button variant="default" onClick={onBack}>
            {t.back}
          </Button>
          <Button type="submit" loading={isPending} disabled={reason.trim() === '' || name.trim() === ''}>
            {t.save}
          </Button>
        </Group>
      </Stack>
    </Paper>
  );
}
