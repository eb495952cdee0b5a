import { useState } from 'react';
import { previewUndo, undoDecision } from '../../../api/contract/matching';
import { useAnswer, useCommand } from '../../api';
import { Opener } from '../../parts/opener';
import { Shown } from '../../parts/page-state';
import { WithReason } from '../../parts/with-reason';
import { useMay } from '../../session';
import { useWords } from '../../words';
import type { DealShown } from './deal-detail';
import { Effect } from './effect';
import { matchingWords } from './words';

/** Takes back the newest decision for a deal, after saying what becomes of its orders. */
export function Undo({
  deal: { dealKey, version },
  onJob,
}: {
  deal: DealShown;
  onJob: (jobId: number | null) => void;
}) {
  const t = useWords(matchingWords);
  const may = useMay(undoDecision);
  const [isAsking, setAsking] = useState(false);
  const close = () => setAsking(false);
  const preview = useAnswer(previewUndo, { params: { dealKey } }, { enabled: isAsking });
  const undo = useCommand(undoDecision, ({ jobId }) => {
    onJob(jobId);
    close();
  });
  if (!may || version === 0) return null;
  return (
    <>
      <Opener variant="light" size="compact-sm" onClick={() => setAsking(true)}>
        {t.undo}
      </Opener>
      {isAsking ? (
        <WithReason
          title={t.undoVersion(version)}
          confirm={t.undo}
          size="lg"
          color="red.8"
          isPending={undo.isPending}
          preview={<Shown of={preview}>{(effect) => <Effect effect={effect} />}</Shown>}
          onClose={close}
          onConfirm={(reason) => undo.mutate({ params: { dealKey }, body: { version, reason } })}
        />
      ) : null}
    </>
  );
}
