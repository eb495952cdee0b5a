import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { run } from './run';

/** One archive that the machine's own apt configuration names. */
export interface AptArchive {
  uris: string;
  suites: readonly string[];
  components: readonly string[];
  /** A keyring's path or, in the newer format, the key itself; undefined: apt's own trusted keys. */
  signedBy: string | undefined;
}

/** The binary archives of the machine's apt configuration, in both formats that apt reads. */
export async function readAptArchives(): Promise<AptArchive[]> {
  const archives: AptArchive[] = [];
  for (const file of await sourceFiles()) {
    const text = await readFile(file, 'utf8');
    archives.push(...(file.endsWith('.sources') ? parseStanzas(text) : parseLines(text)));
  }
  return archives;
}

async function sourceFiles(): Promise<string[]> {
  const answer = await run('apt-config', [
    'shell',
    'LIST',
    'Dir::Etc::sourcelist/f',
    'PARTS',
    'Dir::Etc::sourceparts/d',
  ]);
  const value = (name: string) => new RegExp(`^${name}='(.*)'$`, 'm').exec(answer)?.[1] ?? '';
  const list = value('LIST');
  const parts = value('PARTS');
  const names = existsSync(parts) ? await readdir(parts) : [];
  const files = names.filter((name) => /\.(list|sources)$/.test(name)).toSorted();
  return [list, ...files.map((name) => join(parts, name))].filter(existsSync);
}

/** The format of `*.sources`: stanzas of fields, long values continued on indented lines. */
export function parseStanzas(text: string): AptArchive[] {
  const withoutComments = text.replace(/^#.*\n?/gm, '');
  return withoutComments.split(/\n\s*\n/).flatMap((stanza) => {
    const field = (name: string) =>
      new RegExp(`^${name}:[ \\t]*(.*(?:\\n[ \\t].*)*)`, 'im').exec(stanza)?.[1]?.trim() ?? '';
    if (!words(field('Types')).includes('deb') || field('Enabled').toLowerCase() === 'no') return [];
    return {
      uris: field('URIs'),
      suites: words(field('Suites')),
      components: words(field('Components')),
      signedBy: field('Signed-By') || undefined,
    };
  });
}

/** The older format of `*.list`: `deb [options] uri suite component…`. */
export function parseLines(text: string): AptArchive[] {
  return text.split('\n').flatMap((line) => {
    const [, options = '', uri, suite, components = ''] =
      /^\s*deb\s+(?:\[([^\]]*)\]\s*)?(\S+)\s+(\S+)\s*([^#]*)/.exec(line) ?? [];
    if (!uri || !suite) return [];
    const signedBy = /(?:^|\s)signed-by=(\S+)/i.exec(options)?.[1]?.replaceAll(',', ' ');
    return { uris: uri, suites: [suite], components: words(components), signedBy };
  });
}

function words(text: string): string[] {
  return text.split(/\s+/).filter(Boolean);
}
