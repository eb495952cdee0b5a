import { rmSync } from 'node:fs';
import { takeRunning } from './running';

export default async function globalTeardown(): Promise<void> {
  const running = takeRunning();
  if (running === undefined) return;
  for (const server of running.servers) await server.stop();
  rmSync(running.dir, { recursive: true, force: true });
}
