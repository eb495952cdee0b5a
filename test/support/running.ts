import type { RunningServer } from '../../sandbox/servers';

interface Running {
  readonly dir: string;
  readonly servers: readonly RunningServer[];
}

const KEY = Symbol.for('boosta.test.running');
const holder = globalThis as { [KEY]?: Running };

/** Jest loads set-up and tear-down separately; what runs is handed over by the process they share. */
export function setRunning(running: Running): void {
  holder[KEY] = running;
}

export function takeRunning(): Running | undefined {
  return holder[KEY];
}
