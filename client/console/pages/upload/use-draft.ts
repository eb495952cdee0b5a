import { useQueryClient } from '@tanstack/react-query';
import { readDraft, type UploadDraft } from '../../../api/contract/upload';
import { keyOf, useAnswer } from '../../api';

/**
 * A file that is kept. It is read once and then only when somebody has it checked again: to check it takes
 * seconds, and what has been typed into its cells must not go.
 */
export function useDraft(id: number) {
  const call = { params: { id } };
  const known = useQueryClient().getQueryData(keyOf(readDraft, call));
  return useAnswer(readDraft, call, { enabled: known === undefined });
}

/** Keeps what a check has answered, so that the page shows it without another one. */
export function useKeepDraft(): (draft: UploadDraft) => void {
  const known = useQueryClient();
  return (draft) => {
    known.setQueryData(keyOf(readDraft, { params: { id: draft.id } }), draft);
  };
}
