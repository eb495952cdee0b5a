import { execFile } from 'node:child_process';
import { compiled } from '../../sandbox/environment';
import type { Summary } from './run-campaign';

export interface Ended {
  readonly code: number;
  readonly summary: Summary;
  readonly log: string;
}

/** A campaign as `npm run chaos -- … --json` runs it. */
export function runChaos(...args: string[]): Promise<Ended> {
  return new Promise((resolve, reject) => {
    const all = [compiled('test/chaos/campaign'), ...args, '--json'];
    execFile(process.execPath, all, { maxBuffer: 1e8 }, (error, stdout, stderr) => {
      const code = typeof error?.code === 'number' ? error.code : 0;
      if (stdout === '') return reject(new Error(`No summary, exit code ${code}:\n${stderr}`));
      resolve({ code, summary: JSON.parse(stdout) as Summary, log: stderr });
    });
  });
}
