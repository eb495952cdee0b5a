import { readdir, rm } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { installOnce } from './cache';
import { unpackFromDebian } from './debian-packages';
import { reasonOf } from './explain';
import type { Progress } from './progress';
import { findOnPath, run } from './run';

/** How to start mysqld: the command with the arguments that come before all others. */
export interface MysqlCommand {
  command: string;
  args: readonly string[];
  version: string;
}

/** No MySQL on this machine and none can be fetched; the message tells a person what to do. */
export class MysqlUnavailable extends Error {
  override readonly name = 'MysqlUnavailable';
  constructor(cause: unknown) {
    super(
      `No embedded MySQL can be had on this machine (${reasonOf(cause)}): install MySQL 8.0.20 or later ` +
        'so that mysqld is on PATH, or run `docker compose up -d mysql` and set DATABASE_URL.',
      { cause },
    );
  }
}

/** Finds a real MySQL server, fetching one if need be: PATH, then the cache, then Debian's packages. */
export async function ensureMysql(progress: Progress): Promise<MysqlCommand> {
  const own = await onPath(progress);
  if (own) return own;
  const say: Progress = (line) => progress(`MySQL: ${line}`);
  try {
    const folder = await installOnce({
      name: 'mysql-9',
      build: (building) => fetchPackages(building, say),
      check: (built) => commandOf(join(built, 'root')),
      progress: say,
    });
    return await commandOf(join(folder, 'root'));
  } catch (cause) {
    throw new MysqlUnavailable(cause);
  }
}

async function fetchPackages(folder: string, say: Progress): Promise<void> {
  // Maintainer scripts need perl, mysqld does not.
  const skip = (deb: string) => /^(lib)?perl/.test(deb);
  const root = await unpackFromDebian({ name: 'mysql-server-core', suite: 'unstable', skip }, folder, say);
  for (const unused of ['usr/bin', 'usr/share/doc', 'usr/share/man', 'usr/share/locale']) {
    await rm(join(root, unused), { recursive: true, force: true });
  }
  say(`fetched ${(await commandOf(root)).version}`);
}

/**
 * The packages are newer than the system, so mysqld runs by its own loader and libc; `--basedir` makes it find
 * messages, character sets and plugins beside itself.
 */
async function commandOf(root: string): Promise<MysqlCommand> {
  const libraries = await libraryFolder(root);
  const loader = (await readdir(libraries)).find((file) => /^ld-linux.*\.so\.\d+$/.test(file));
  if (!loader) throw new Error(`no loader in ${libraries}`);
  const mysqld = [`--library-path`, libraries, join(root, 'usr', 'sbin', 'mysqld')];
  const command = join(libraries, loader);
  const version = await run(command, [...mysqld, '--version']);
  return {
    command,
    args: [...mysqld, '--no-defaults', `--basedir=${join(root, 'usr')}`],
    version: short(version),
  };
}

async function libraryFolder(root: string): Promise<string> {
  const lib = join(root, 'usr', 'lib');
  const triplet = (await readdir(lib)).find((name) => name.endsWith('-linux-gnu'));
  if (!triplet) throw new Error(`no library folder in ${lib}`);
  return join(lib, triplet);
}

/** A mysqld on PATH, or in the sbin beside a folder of PATH, where packages put it out of users' sight. */
async function onPath(progress: Progress): Promise<MysqlCommand | undefined> {
  const path = process.env['PATH'] ?? '';
  const beside = path.split(delimiter).map((folder) => join(folder, '..', 'sbin'));
  const command = await findOnPath('mysqld', [path, ...beside].join(delimiter));
  if (!command) return undefined;
  const answer = await run(command, ['--no-defaults', '--version']).catch(String);
  if (isUsableMysql(answer)) return { command, args: ['--no-defaults'], version: short(answer) };
  progress(`MySQL: not using ${command}, which is no MySQL 8.0.20 or later (${answer.trim()})`);
  return undefined;
}

/** MariaDB answers to the same name, but its snapshot isolation differs: what passes there proves nothing here. */
export function isUsableMysql(versionLine: string): boolean {
  const [, major, minor, patch] = (/Ver (\d+)\.(\d+)\.(\d+)/.exec(versionLine) ?? []).map(Number);
  if (/mariadb/i.test(versionLine) || major === undefined || minor === undefined || patch === undefined) {
    return false;
  }
  return major > 8 || (major === 8 && (minor > 0 || patch >= 20));
}

function short(versionLine: string): string {
  return /Ver (\S+)/.exec(versionLine)?.[1] ?? versionLine.trim();
}
