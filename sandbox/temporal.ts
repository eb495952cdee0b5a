import { spawn } from 'node:child_process';
import { ensureTemporal } from './servers/temporal-binary';

/** `npm run temporal -- …`: the stock Temporal CLI, also where it is not on PATH. */
async function main(): Promise<void> {
  const binary = await ensureTemporal((line) => void process.stderr.write(`${line}\n`));
  const child = spawn(binary, process.argv.slice(2), { stdio: 'inherit' });
  process.exitCode = await new Promise<number>((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code) => resolve(code ?? 1));
  });
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
