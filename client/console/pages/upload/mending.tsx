import { Anchor, Button, Group, Text } from '@mantine/core';
import { useState } from 'react';
import { markedCopy, mendDraft, type UploadDraft } from '../../../api/contract/upload';
import { addressOf, useCommand } from '../../api';
import { useWords } from '../../words';
import { type Edits, withEdits } from './edits';
import { MendGrid } from './mend-grid';
import { TakeIn } from './take-in';
import { useKeepDraft } from './use-draft';
import { words } from './words';

export type Found = NonNullable<UploadDraft['found']>;

/** The cells with a problem, what was written into them, and what can be done with the file. */
export function Mending({ draft, found }: { draft: UploadDraft; found: Found }) {
  const t = useWords(words);
  const keep = useKeepDraft();
  const [edits, setEdits] = useState<Edits>(new Map());
  const mend = useCommand(mendDraft, keep);
  const recheck = () => {
    const { version, template, sheet } = draft;
    const corrections = withEdits(draft.corrections, edits);
    mend.mutate({ params: { id: draft.id }, body: { version, template, sheet, corrections } });
  };
  return (
    <>
      <Group>
        <Button variant={edits.size > 0 ? 'filled' : 'default'} loading={mend.isPending} onClick={recheck}>
          {t.recheck}
        </Button>
        <TakeIn draft={draft} found={found} isEdited={edits.size > 0} />
        {found.problemCount === 0 ? null : (
          <Anchor size="sm" href={addressOf(markedCopy, { params: { id: draft.id } })} download>
            {t.marked}
          </Anchor>
        )}
        {edits.size === 0 ? null : (
          <Text size="sm" role="status">
            {t.edited(edits.size)}
          </Text>
        )}
      </Group>
      {found.problems.length === 0 ? null : <MendGrid found={found} edits={edits} onEdit={setEdits} />}
    </>
  );
}
