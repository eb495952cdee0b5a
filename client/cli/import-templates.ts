import { basename } from 'node:path';
import type { Command } from 'commander';
import { z } from 'zod';
import { UPLOAD_FIELDS } from '../../domain/upload-field';
import { formatTime } from '../format';
import type { Column } from '../import/template';
import { emptyFile, listTemplates, saveTemplate } from '../use-cases/import-templates';
import { as, byOption, code, reasonOption } from './arguments';
import { print, say, table } from './output';
import { readOrExplain, writeNew } from './person-files';
import { withDatabase } from './session';

const column = z.string().transform((text, context): Column => {
  const at = text.indexOf('=');
  const field = UPLOAD_FIELDS.find((name) => name === text.slice(0, at));
  const header = text.slice(at + 1).trim();
  if (field !== undefined && header !== '') return { field, header };
  context.addIssue({
    code: 'custom',
    message: `It must be FIELD=HEADER; fields are ${UPLOAD_FIELDS.join(', ')}.`,
  });
  return z.NEVER;
});

interface SaveOptions {
  readonly json?: true;
  readonly channel: string;
  readonly sample?: true;
  readonly like?: string;
  readonly column: readonly Column[];
  readonly by: string;
  readonly reason: string;
}

export function addTemplates(parent: Command): void {
  const templates = parent
    .command('templates')
    .description('how kinds of files are read: which header means what');
  templates
    .command('list', { isDefault: true })
    .description('the templates there are')
    .action((_, self: Command) => list(self.optsWithGlobals<{ json?: true }>()));
  templates
    .command('save')
    .description('make a template, or write it anew')
    .argument('<name>', 'its name', as(code))
    .requiredOption('--channel <channel>', 'whose orders they are: b2b, sample', as(code))
    .option('--sample', 'its orders carry no revenue')
    .option('--like <file>', 'take over the header of this file, as far as its words are known')
    .option('--column <field=header>', 'what a column means; may be repeated', collect, [])
    .addOption(reasonOption().default('saved at the command line'))
    .addOption(byOption())
    .action((name: string, _, self: Command) => save(name, self.optsWithGlobals<SaveOptions>()));
  templates
    .command('download')
    .description('write an empty file to be filled in')
    .argument('<name>', 'of the template', as(code))
    .argument('<out>', 'an .xlsx')
    .action((name: string, out: string, _, self: Command) =>
      download(name, out, self.optsWithGlobals<{ json?: true }>()),
    );
}

function collect(text: string, before: readonly Column[]): Column[] {
  return [...before, as(column)(text)];
}

async function list({ json }: { json?: true }): Promise<void> {
  const templates = await withDatabase(({ db }) => listTemplates(db));
  if (json !== true && templates.length === 0)
    return say('There is no template yet: boosta import templates save NAME --channel CHANNEL --like FILE');
  print(json, templates, () =>
    table(
      ['template', 'channel', 'revenue', 'columns', 'saved'],
      templates.map(({ name, channel, sample, columns, updatedBy, updatedAt }) => [
        name,
        channel,
        sample ? 'none' : 'yes',
        columns.map(({ field, header }) => `${field}=${header}`).join('\n'),
        `${formatTime(updatedAt)} ${updatedBy}`,
      ]),
    ),
  );
}

async function save(name: string, options: SaveOptions): Promise<void> {
  const { json, channel, sample = false, like, column: columns, by, reason } = options;
  const file = like === undefined ? undefined : { name: basename(like), bytes: await readOrExplain(like) };
  const template = await withDatabase((database) =>
    saveTemplate(database, { name, channel, sample, like: file, columns }, { by, reason }),
  );
  print(json, template, () =>
    table(
      ['field', 'header'],
      template.columns.map(({ field, header }) => [field, header]),
    ),
  );
}

async function download(name: string, out: string, { json }: { json?: true }): Promise<void> {
  const bytes = await withDatabase(({ db }) => emptyFile(db, name));
  const file = await writeNew(out, bytes);
  print(
    json,
    { template: name, file },
    () => `${file}: fill it in below its header, then boosta import ${file}`,
  );
}
