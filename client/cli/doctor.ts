import type { Command } from 'commander';
import { readConfig } from '../../worker/config';
import { examine, mend } from '../doctor/examine';
import type { Finding } from '../doctor/finding';
import { forTerminal, print, say } from './output';
import { EXIT } from './program';

export function addDoctor(program: Command): void {
  program
    .command('doctor')
    .description('say what is wrong and which command mends it')
    .option('--fix', 'migrate, register search attributes and add missing schedules first')
    .action((_, command: Command) => doctor(command.optsWithGlobals<{ json?: true; fix?: true }>()));
}

async function doctor({ json, fix }: { json?: true; fix?: true }): Promise<void> {
  const config = readConfig();
  if (fix === true) await mend(config, say);
  const findings = await examine(config);
  const healthy = findings.every((finding) => finding.ok);
  print(json, { healthy, findings }, () => findings.map(lineOf).join('\n'));
  if (!healthy) process.exitCode = EXIT.failed;
}

function lineOf({ ok, check, says, mend: command }: Finding): string {
  const line = forTerminal(`${ok ? 'ok   ' : 'WRONG'} ${check}: ${says}`);
  return command === undefined ? line : `${line}\n      mend: ${command}`;
}
