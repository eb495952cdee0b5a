import type { Reply, TrackingUpload } from '../source';

/** What the hub said of one of its records. */
export interface RowResult {
  readonly done: boolean;
  readonly message: string;
  /** As it came, for the evidence. */
  readonly raw: string;
}

/** By the hub's number of the record. */
export type RowResults = ReadonlyMap<string, RowResult>;

/** A parcel's outcome, when the hub has spoken of all of its records or has refused one; else undefined. */
export function outcomeOfRows(
  { recordIds }: Pick<TrackingUpload, 'recordIds'>,
  results: RowResults,
): Reply['outcome'] | undefined {
  const refused = recordIds.find((id) => results.get(id)?.done === false);
  if (refused !== undefined)
    return { kind: 'refused', reason: `Sabangnet order ${refused}: ${results.get(refused)?.message ?? ''}` };
  const isDone = recordIds.length > 0 && recordIds.every((id) => results.get(id)?.done);
  return isDone ? { kind: 'done' } : undefined;
}

/** What was said of a parcel's records, as it was said; null where nothing was. */
export function rawRows(
  { recordIds }: Pick<TrackingUpload, 'recordIds'>,
  results: RowResults,
): string | null {
  const rows = recordIds.flatMap((id) => results.get(id)?.raw ?? []);
  return rows.length > 0 ? rows.join('\n') : null;
}
