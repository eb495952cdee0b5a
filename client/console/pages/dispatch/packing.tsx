import { Stack } from '@mantine/core';
import { PackingBans } from './packing-bans';
import { PackingGroups } from './packing-groups';
import { PackingProposals } from './packing-proposals';
import { PackingWindows } from './packing-windows';

/** 합포장: which orders of one receiver go out in one parcel, and which never do. */
export function Packing() {
  return (
    <Stack>
      <PackingGroups />
      <PackingProposals />
      <PackingWindows />
      <PackingBans />
    </Stack>
  );
}
