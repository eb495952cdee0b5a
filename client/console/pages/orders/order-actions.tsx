import { Group, Text } from '@mantine/core';
import { useState } from 'react';
import type { OrderCommand } from '../../../../domain/order-command';
import { holdOrder } from '../../../api/contract/order-commands';
import { Opener } from '../../parts/opener';
import { useMay } from '../../session';
import { dictionary, useWords } from '../../words';
import { CommandDialog } from './command-dialog';
import type { ShownOrder } from './shown-order';
import { commandWords, hindranceWords } from './words';

const words = dictionary(
  { actions: '할 수 있는 일', notNow: '지금은 할 수 없는 일' },
  { actions: 'What can be done', notNow: 'Not possible now' },
);

/** What can be done to the order as it stands; and what cannot, and why. */
export function OrderActions({ order }: { order: ShownOrder }) {
  const t = useWords(words);
  const names = useWords(commandWords);
  const hindrances = useWords(hindranceWords);
  const may = useMay(holdOrder);
  const [chosen, setChosen] = useState<OrderCommand | null>(null);
  if (!may) return null;
  const others = new Map<string, string[]>();
  for (const { command, outlook } of order.commands) {
    if (outlook.possible) continue;
    const why = hindrances[outlook.hindrance];
    others.set(why, [...(others.get(why) ?? []), names[command]]);
  }
  return (
    <div>
      <Group gap="xs" role="group" aria-label={t.actions}>
        {order.commands.map(({ command, outlook }) =>
          outlook.possible ? (
            <Opener
              key={command}
              variant={command === 'cancel' ? 'outline' : 'light'}
              color={command === 'cancel' ? 'red.8' : 'indigo'}
              onClick={() => setChosen(command)}
            >
              {names[command]}
            </Opener>
          ) : null,
        )}
      </Group>
      {others.size === 0 ? null : (
        <Text size="xs" c="dimmed" mt={6}>
          {t.notNow}: {[...others].map(([why, of]) => `${of.join(', ')} (${why})`).join(' · ')}
        </Text>
      )}
      {chosen === null ? null : (
        <CommandDialog order={order} command={chosen} onClose={() => setChosen(null)} />
      )}
    </div>
  );
}
