import { Anchor, Group } from '@mantine/core';
import { Link } from 'react-router';

/** Orders by their keys, each leading to its page. */
export function OrderLinks({ keys }: { keys: readonly string[] }) {
  return (
    <Group gap="xs">
      {keys.map((key) => (
        <Anchor key={key} component={Link} to={`/orders/${key}`} size="sm">
          {key}
        </Anchor>
      ))}
    </Group>
  );
}
