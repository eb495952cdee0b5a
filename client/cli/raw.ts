import type { Command } from 'commander';
import { formatTime } from '../format';
import { showRawRecord } from '../use-cases/show-raw-record';
import { as, byOption, reasonOption, recordNumber } from './arguments';
import { forTerminal, print, say } from './output';
import { withDatabase } from './session';

interface Options {
  readonly json?: true;
  readonly reveal?: true;
  readonly by: string;
  readonly reason?: string;
}

export function addRaw(program: Command): void {
  const raw = program.command('raw').description('what a source gave us, as it came');
  raw
    .command('show')
    .description('one raw record, with personal data masked')
    .argument('<id>', 'as orders show and tasks name it', as(recordNumber))
    .option('--reveal', 'show the personal data too; who did and why is kept')
    .addOption(reasonOption())
    .addOption(byOption())
    .action((id: number, _, command: Command) => show(id, command));
}

async function show(id: number, command: Command): Promise<void> {
  const { json, reveal, by, reason } = command.optsWithGlobals<Options>();
  if (reveal === true && reason === undefined) command.error('error: --reveal needs a --reason');
  const revealed = reveal === true && reason !== undefined ? { by, reason } : undefined;
  const record = await withDatabase((database) => showRawRecord(database, id, revealed));
  if (json !== true) {
    const of = record.orderKey ?? 'no order: it could not be decoded';
    say(
      `record ${record.recordId} of ${record.connectionId}, received ${formatTime(record.receivedAt)}, ` +
        `${record.bytes} bytes, read as ${record.encoding}; ${of}`,
    );
    if (record.erased) say('What it said was kept as long as it may be, and is erased.');
    else if (record.masked) say('Personal data is masked: --reveal --reason … shows it.');
  }
  print(json, record, () => forTerminal(record.text.replaceAll('><', '>\n<')));
}
