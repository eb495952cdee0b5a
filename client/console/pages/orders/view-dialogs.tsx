import { Button, Group, Stack, Switch, Text, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { isEnough, KEEPS_FOR_ALL } from '../../../../domain/role';
import { changeView, removeView, saveView } from '../../../api/contract/saved-views';
import { useCommand } from '../../api';
import { Dialog } from '../../parts/dialog';
import { useSession } from '../../session';
import { useWords } from '../../words';
import type { Filters } from './filters';
import type { View } from './saved-views';
import { viewWords } from './view-words';

type Named =
  | { readonly filters: Omit<Filters, 'q'>; readonly onSaved: (id: number) => void }
  | { readonly view: View };

/** Asks for the name of a new view, or for another one of a view that there is. */
export function NameView({ onClose, ...of }: Named & { readonly onClose: () => void }) {
  const t = useWords(viewWords);
  const { role } = useSession();
  const [name, setName] = useState('view' in of ? of.view.name : '');
  const [shared, setShared] = useState(false);
  const save = useCommand(saveView, ({ id }) => {
    if ('onSaved' in of) of.onSaved(id);
    onClose();
  });
  const rename = useCommand(changeView, onClose);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!('view' in of)) return save.mutate({ body: { name, shared, filters: of.filters } });
    const { id, version, filters } = of.view;
    rename.mutate({ params: { id }, body: { name, version, filters } });
  };
  const title = 'view' in of ? t.rename : t.save;
  return (
    <Dialog title={title} onClose={onClose}>
      <form onSubmit={submit}>
        <Stack>
          <TextInput
            label={t.name}
            required
            maxLength={60}
            data-autofocus
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
          />
          {'view' in of ? null : (
            <>
              {isEnough(role, KEEPS_FOR_ALL) ? (
                <Switch
                  label={t.shareIt}
                  checked={shared}
                  onChange={(event) => setShared(event.currentTarget.checked)}
                />
              ) : null}
              <Text size="sm">{t.noText}</Text>
            </>
          )}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {t.back}
            </Button>
            <Button type="submit" loading={save.isPending || rename.isPending} disabled={name.trim() === ''}>
              {t.keep}
            </Button>
          </Group>
        </Stack>
      </form>
    </Dialog>
  );
}

/** Asks whether a view is to go. */
export function RemoveView({
  view: { id, name, version },
  onRemoved,
  onClose,
}: {
  readonly view: View;
  readonly onRemoved: () => void;
  readonly onClose: () => void;
}) {
  const t = useWords(viewWords);
  const remove = useCommand(removeView, () => {
    onRemoved();
    onClose();
  });
  return (
    <Dialog title={t.remove} onClose={onClose}>
      <Stack>
        <Text size="sm">{t.removeThis(name)}</Text>
        <Group justify="flex-end">
          <Button variant="default" data-autofocus onClick={onClose}>
            {t.back}
          </Button>
          <Button
            color="red"
            loading={remove.isPending}
            onClick={() => remove.mutate({ params: { id }, body: { version } })}
          >
            {t.remove}
          </Button>
        </Group>
      </Stack>
    </Dialog>
  );
}
