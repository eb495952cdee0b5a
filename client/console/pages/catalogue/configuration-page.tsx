import { Anchor, Button, Group, Stack, Text, Title } from '@mantine/core';
import { useState } from 'react';
import { Link, useNavigate, useParams } from 'react-router';
import { readConfiguration, saveConfiguration } from '../../../api/contract/catalogue';
import type { Answer } from '../../../api/contract/route';
import { useAnswer } from '../../api';
import { Shown } from '../../parts/page-state';
import { Tag } from '../../parts/tag';
import { useMay } from '../../session';
import { useWords } from '../../words';
import { ConfigurationForm, type ConfigurationSeen } from './configuration-form';
import { MatchesOf } from './matches-of';
import { Versions } from './versions';
import { catalogueWords } from './words';

export function NewConfigurationPage() {
  const go = useNavigate();
  return (
    <ConfigurationForm
      onDone={(code) => void go(`/catalogue/configurations/${code}`)}
      onBack={() => void go('/catalogue/configurations')}
    />
  );
}

/** A configuration with its versions and the matches that stand for it. */
export function ConfigurationPage() {
  const t = useWords(catalogueWords);
  const { code = '' } = useParams();
  const answer = useAnswer(readConfiguration, { params: { code } });
  // As it was when the form was opened: what others change meanwhile must not slip into it.
  const [edited, setEdited] = useState<ConfigurationSeen>();
  const mayEdit = useMay(saveConfiguration);
  const close = () => setEdited(undefined);
  if (edited !== undefined) return <ConfigurationForm seen={edited} onDone={close} onBack={close} />;
  return (
    <Shown of={answer}>
      {(configuration) => (
        <Stack>
          <Group justify="space-between">
            <Group gap="xs">
              <Title order={2} size="h4">
                {configuration.code} · {configuration.name}
              </Title>
              <Tag color="teal">
                {t.version} {configuration.version}
              </Tag>
            </Group>
            {mayEdit ? <Button onClick={() => setEdited(seenOf(configuration))}>{t.edit}</Button> : null}
          </Group>
          <Versions versions={configuration.versions} />
          {configuration.holders.length === 0 ? null : (
            <Text size="sm">
              {t.holders}:{' '}
              {configuration.holders.map((holder) => (
                <Anchor
                  key={holder}
                  component={Link}
                  to={`/catalogue/configurations/${holder}`}
                  size="sm"
                  mr="xs"
                >
                  {holder}
                </Anchor>
              ))}
            </Text>
          )}
          <MatchesOf matches={configuration.matches} />
        </Stack>
      )}
    </Shown>
  );
}

/** As it is put together now: what comes from other configurations is not put in a second time. */
function seenOf({
  code,
  name,
  version,
  versions: [newest],
}: Answer<typeof readConfiguration>): ConfigurationSeen {
  const own = (newest?.items ?? []).map(({ itemCode, itemName, quantity, inBundles }) => ({
    code: itemCode,
    name: itemName,
    quantity: quantity - inBundles,
  }));
  return {
    code,
    name,
    version,
    items: own.filter(({ quantity }) => quantity > 0),
    bundles: (newest?.bundles ?? []).map(({ configuration, ...bundle }) => ({
      ...bundle,
      code: configuration,
    })),
  };
}
