import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type AptArchive, readAptArchives } from './apt-sources';
import { type Progress, reportWhile, throttled } from './progress';
import { CommandFailed, findOnPath, run } from './run';

/** A machine whose apt has no Debian archive to fetch from (macOS, Ubuntu, Alpine …). */
export class NoDebianArchive extends Error {
  override readonly name = 'NoDebianArchive';
}

/** `unstable`, or the release that this machine runs. */
export type DebianSuite = 'unstable' | 'own';

/**
 * Unpacks a package of Debian with everything it depends on, down to libc, into `folder/root`.
 *
 * Nothing on the system is changed: apt works with lists, a cache and an empty package database of its own. The
 * mirror and the keys are those the machine is configured with, and apt checks signatures as always.
 */
export async function unpackFromDebian(
  { name, suite, skip }: { name: string; suite: DebianSuite; skip: (deb: string) => boolean },
  folder: string,
  progress: Progress,
): Promise<string> {
  const apt = join(folder, 'apt');
  const root = join(folder, 'root');
  await download(name, suite, apt, progress);
  await mkdir(root);
  const archives = join(apt, 'cache', 'archives');
  const debs = (await readdir(archives)).filter((file) => file.endsWith('.deb') && !skip(file));
  const say = throttled(progress);
  for (const [index, deb] of debs.entries()) {
    say(`unpacking ${index + 1} of ${debs.length} packages`);
    await run('dpkg-deb', ['--extract', join(archives, deb), root]);
  }
  await rm(apt, { recursive: true });
  return root;
}

async function download(name: string, suite: DebianSuite, apt: string, progress: Progress): Promise<void> {
  const failures: unknown[] = [];
  for (const archive of await debianArchives()) {
    try {
      await rm(apt, { recursive: true, force: true });
      const env = { APT_CONFIG: await writeConfiguration(apt, archive, suite) };
      progress('reading the package list (11 MB)…');
      const update = run('apt-get', ['update', '--error-on=any'], { env });
      await reportWhile(progress, 'reading the package list', update);
      const args = ['install', '--download-only', '--no-install-recommends', '--yes', name];
      return void (await run('apt-get', args, { env, onLine: countDownloads(progress) }));
    } catch (error) {
      failures.push(error);
    }
  }
  throw new CommandFailed('apt-get', `${name} could not be fetched: ${String(failures[0])}`, {
    cause: new AggregateError(failures),
  });
}

/** Archives that carry the release this machine runs, which tells Debian's mirror from other vendors'. */
async function debianArchives(): Promise<AptArchive[]> {
  const release = existsSync('/etc/os-release') ? await readFile('/etc/os-release', 'utf8') : '';
  const value = (key: string) => new RegExp(`^${key}="?([^"\\n]*)"?$`, 'm').exec(release)?.[1] ?? '';
  if (value('ID') !== 'debian' || !(await findOnPath('apt-get')) || !(await findOnPath('dpkg-deb'))) {
    throw new NoDebianArchive('this machine is not a Debian with apt');
  }
  const suites = [value('VERSION_CODENAME'), 'stable', 'testing', 'unstable', 'sid'];
  const archives = (await readAptArchives()).filter(
    (archive) =>
      archive.components.includes('main') && archive.suites.some((suite) => suites.includes(suite)),
  );
  if (archives.length === 0) throw new NoDebianArchive("apt's sources name no Debian archive");
  return archives;
}

/** Writes an apt configuration that keeps to `apt`, and returns its path. */
async function writeConfiguration(apt: string, archive: AptArchive, suite: DebianSuite): Promise<string> {
  const at = (...path: string[]) => join(apt, ...path);
  await mkdir(at('lists', 'partial'), { recursive: true });
  await mkdir(at('cache', 'archives', 'partial'), { recursive: true });
  await writeFile(at('boosta.sources'), await sourceOf(archive, suite));
  // An empty database: whatever the system has installed, the whole dependency closure is fetched.
  await writeFile(at('status'), '');
  const settings = {
    'Dir::State': apt,
    'Dir::State::Lists': at('lists'),
    'Dir::State::status': at('status'),
    'Dir::Cache': at('cache'),
    'Dir::Etc::sourcelist': at('boosta.sources'),
    'Dir::Etc::sourceparts': '/dev/null',
    'Dir::Etc::parts': '/dev/null',
    'Dir::Etc::main': '/dev/null',
    // apt's own download user may not enter a cache below someone's home folder.
    'APT::Sandbox::User': '',
    'Acquire::Languages': 'none',
  };
  const own = Object.entries(settings).map(([key, value]) => `${key} ${JSON.stringify(value)};`);
  await writeFile(at('apt.conf'), [...(await waysToTheMirror()), ...own].join('\n'));
  return at('apt.conf');
}

async function sourceOf(archive: AptArchive, suite: DebianSuite): Promise<string> {
  // Machines that run foreign binaries, too, would fetch their lists as well.
  const architecture = await run('dpkg', ['--print-architecture']);
  const fields = [
    'Types: deb',
    `URIs: ${archive.uris}`,
    `Suites: ${suite === 'unstable' ? 'sid' : archive.suites.join(' ')}`,
    'Components: main',
    `Architectures: ${architecture.trim()}`,
    ...(archive.signedBy ? [`Signed-By: ${archive.signedBy}`] : []),
  ];
  return `${fields.join('\n')}\n`;
}

/** The machine's proxies, certificates and time-outs, without the hooks that would run commands on the system. */
async function waysToTheMirror(): Promise<string[]> {
  const lines = (await run('apt-config', ['dump'])).split('\n');
  return lines.filter(
    (line) => line.startsWith('Acquire::') && !/^Acquire::(IndexTargets|Languages)/.test(line),
  );
}

function countDownloads(progress: Progress): (line: string) => void {
  const say = throttled(progress);
  let total = '?';
  let size = '';
  return (line) => {
    total = / (\d+) newly installed/.exec(line)?.[1] ?? total;
    size = /^Need to get ([\d.,]+ \wB)/.exec(line)?.[1] ?? size;
    const fetched = /^Get:(\d+) /.exec(line)?.[1];
    if (fetched) say(`fetching ${total} packages (${size})… ${fetched} of ${total}`);
  };
}
