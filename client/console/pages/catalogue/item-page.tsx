import { Anchor, Button, Group, List, Stack, Text, Title } from '@mantine/core';
import { useState } from 'react';
import { Link, useNavigate, useParams } from 'react-router';
import { readItem, saveItem } from '../../../api/contract/catalogue';
import { useAnswer } from '../../api';
import { useFormat } from '../../format';
import { Shown } from '../../parts/page-state';
import { useMay } from '../../session';
import { useWords } from '../../words';
import { Edits } from './edits';
import { ItemForm, type ItemSeen } from './item-form';
import { catalogueWords } from './words';

export function NewItemPage() {
  const go = useNavigate();
  return (
    <ItemForm
      onDone={(code) => void go(`/catalogue/items/${code}`)}
      onBack={() => void go('/catalogue/items')}
    />
  );
}

/** An item, the configurations that hold it, and who changed it. */
export function ItemPage() {
  const t = useWords(catalogueWords);
  const { won } = useFormat();
  const { code = '' } = useParams();
  const answer = useAnswer(readItem, { params: { code } });
  // As it was when the form was opened: what others change meanwhile must not slip into it.
  const [edited, setEdited] = useState<ItemSeen>();
  const mayEdit = useMay(saveItem);
  const close = () => setEdited(undefined);
  if (edited !== undefined) return <ItemForm seen={edited} onDone={close} onBack={close} />;
  return (
    <Shown of={answer}>
      {(item) => (
        <Stack>
          <Group justify="space-between">
            <Title order={2} size="h4">
              {item.code} · {item.name}
            </Title>
            {mayEdit ? <Button onClick={() => setEdited(item)}>{t.edit}</Button> : null}
          </Group>
          <Text>
            {t.referencePrice}: {won(item.referencePrice)} · {t.version} {item.version}
          </Text>
          <Title order={3} size="h6">
            {t.usedBy}
          </Title>
          <List size="sm">
            {item.configurations.map((configuration) => (
              <List.Item key={configuration.code}>
                <Anchor component={Link} to={`/catalogue/configurations/${configuration.code}`} size="sm">
                  {configuration.code} · {configuration.name}
                </Anchor>{' '}
                × {configuration.quantity}
              </List.Item>
            ))}
          </List>
          <Edits edits={item.history} />
        </Stack>
      )}
    </Shown>
  );
}
