import { Button, Group, Select, Text } from '@mantine/core';
import { useState } from 'react';
import { claimDeal, handOverDeal, letGoOfDeal, listDeciders } from '../../../api/contract/matching';
import { useAnswer, useCommand } from '../../api';
import { useFormat } from '../../format';
import { Opener } from '../../parts/opener';
import { Tag } from '../../parts/tag';
import { WithReason } from '../../parts/with-reason';
import { useMay, useSession } from '../../session';
import { useWords } from '../../words';
import type { DealShown } from './deal-detail';
import { matchingWords } from './words';

/** Who is at work on a deal, with what whoever looks at it can do about that. */
export function Claim({ deal: { dealKey, claim } }: { deal: DealShown }) {
  const t = useWords(matchingWords);
  const { ago } = useFormat();
  const { name: me } = useSession();
  const mayClaim = useMay(claimDeal);
  const [isHandingOver, setHandingOver] = useState(false);
  const take = useCommand(claimDeal);
  const letGo = useCommand(letGoOfDeal);
  const params = { dealKey };
  const isMine = claim?.claimedBy === me;
  const isFree = claim === null;
  return (
    <Group gap="xs">
      {claim === null ? null : (
        <Tag color={isMine ? 'teal' : 'orange'}>
          {isMine ? t.yours : t.isAtIt(claim.claimedBy, ago(claim.claimedAt))}
        </Tag>
      )}
      {claim?.handedBy ? <Text size="sm">{t.handedOver(claim.handedBy, claim.note ?? '')}</Text> : null}
      {!mayClaim || isMine ? null : (
        <Button
          variant="light"
          size="compact-sm"
          loading={take.isPending}
          onClick={() => take.mutate({ params, body: { takesOver: !isFree } })}
        >
          {isFree ? t.claim : t.takeOver}
        </Button>
      )}
      {!mayClaim || !isMine ? null : (
        <Button
          variant="default"
          size="compact-sm"
          loading={letGo.isPending}
          onClick={() => letGo.mutate({ params })}
        >
          {t.letGo}
        </Button>
      )}
      {!mayClaim || !(isMine || isFree) ? null : (
        <Opener variant="default" size="compact-sm" onClick={() => setHandingOver(true)}>
          {t.handOver}
        </Opener>
      )}
      {isHandingOver ? <HandOver dealKey={dealKey} onClose={() => setHandingOver(false)} /> : null}
    </Group>
  );
}

function HandOver({ dealKey, onClose }: { dealKey: string; onClose: () => void }) {
  const t = useWords(matchingWords);
  const { name: me } = useSession();
  const [to, setTo] = useState<string | null>(null);
  const people = useAnswer(listDeciders, {});
  const handOver = useCommand(handOverDeal, onClose);
  return (
    <WithReason
      title={t.handOver}
      confirm={t.handOver}
      isPending={handOver.isPending}
      onClose={onClose}
      onConfirm={(reason) => handOver.mutate({ params: { dealKey }, body: { to: to ?? '', reason } })}
      preview={
        <Select
          label={t.handOverTo}
          required
          searchable
          data={(people.data?.names ?? []).filter((name) => name !== me)}
          value={to}
          onChange={setTo}
        />
      }
    />
  );
}
