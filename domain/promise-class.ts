import type { Promises } from './dispatch-protocol';

/** What WMSes differ in, where an outcome that nobody knows is concerned. */
export const PROMISE_CLASSES = ['idempotent', 'reject', 'look-up', 'neither'] as const;
export type PromiseClass = (typeof PROMISE_CLASSES)[number];

export function promiseClass({ onRepeat, lookup }: Promises): PromiseClass {
  if (onRepeat === 'same-order') return 'idempotent';
  if (onRepeat === 'refused') return 'reject';
  return lookup === 'none' ? 'neither' : 'look-up';
}

/** What can be proven of a class, for the one who decides on a WMS. docs/dispatch.md holds the same words. */
export const PROVABLE: Readonly<Record<PromiseClass, string>> = {
  idempotent:
    'never doubles, however late a request arrives or however long a process sleeps: it is sent again, and stays one order',
  reject:
    'never doubles, however late a request arrives or however long a process sleeps: it is sent again, and a repeated code is refused',
  'look-up':
    'never doubles while what is not found asks a person (`on_absent: ask`); with `resend` only if a sender or a request outlives lease and visibility lag',
  neither: "never doubles: it is not sent again; what the WMS's list does not show waits for a person",
};
