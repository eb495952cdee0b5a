import { sourceAdapters } from '../../activities/sources/registry';
import type { SourceCapabilities } from '../../activities/sources/source';

export interface SourceKind extends SourceCapabilities {
  readonly name: string;
}

/** Every kind of source that can be connected, and what it can do. */
export function listSourceKinds(): SourceKind[] {
  return sourceAdapters.map(({ name, capabilities }) => ({ name, ...capabilities }));
}

export const SOURCE_COLUMNS = [
  'kind',
  'read',
  'window',
  'back',
  'acknowledged',
  'cancelled before shipping',
  'claims after it',
  'single units',
  'claims answered',
  'tracking a call',
  'tracking corrected',
  'stock a call',
  'calls a minute',
] as const;

const yes = (value: boolean) => (value ? 'yes' : 'no');
const orNone = (count: number) => (count === 0 ? 'none' : String(count));

/** One kind as people read it, in the order of {@link SOURCE_COLUMNS}. */
export function sourceCells(kind: SourceKind): string[] {
  const { collects, cancellations, acknowledges } = kind;
  return [
    kind.name,
    collects ? 'on schedule' : 'from a file',
    collects ? `${kind.maxWindowHours} h` : '',
    kind.lookBackDays === null ? '' : `${kind.lookBackDays} days`,
    typeof acknowledges === 'object'
      ? `by a call, ${acknowledges.perCall}`
      : acknowledges.replaceAll('-', ' '),
    yes(cancellations.beforeShipping),
    yes(cancellations.afterShipping),
    yes(cancellations.partial),
    yes(cancellations.answered),
    orNone(kind.uploadsPerCall),
    yes(kind.correctsTracking),
    orNone(kind.stockPerCall),
    kind.callsPerMinute === null ? '' : String(kind.callsPerMinute),
  ];
}
