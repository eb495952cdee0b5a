import { useHotkeys } from '@mantine/hooks';

/** A list whose rows the arrow keys go through, and a row of it. */
export const KEY_LIST = { 'data-key-list': true };
export const KEY_ROW = { 'data-key-row': true };

/** ↑↓ in the list that has the keyboard, Esc out of it, s and / anywhere but in a field or a dialogue. */
export function useKeys(does: { toList: () => void; skip: () => void; find: () => void }): void {
  const outsideDialogues = (work: () => void) => () => {
    if (document.querySelector('[role=dialog]') === null) work();
  };
  const move = (by: 1 | -1) => () => {
    if (!moveFocus(by)) does.toList();
  };
  useHotkeys([
    ['ArrowDown', outsideDialogues(move(1))],
    ['ArrowUp', outsideDialogues(move(-1))],
    ['Escape', outsideDialogues(does.toList), { preventDefault: false }],
    ['s', outsideDialogues(does.skip)],
    ['/', outsideDialogues(does.find)],
  ]);
}

/** @returns false when no list has the keyboard. */
function moveFocus(by: 1 | -1): boolean {
  const row = document.activeElement?.closest('[data-key-row]');
  const list = row?.closest('[data-key-list]');
  if (row === null || row === undefined || list === null || list === undefined) return false;
  const rows = [...list.querySelectorAll<HTMLElement>('[data-key-row]')];
  rows[rows.findIndex((one) => one === row) + by]?.focus();
  return true;
}
