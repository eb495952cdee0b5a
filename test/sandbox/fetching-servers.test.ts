import { mkdtemp, readdir, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseLines, parseStanzas } from '../../sandbox/servers/apt-sources';
import { installOnce } from '../../sandbox/servers/cache';
import { isUsableMysql } from '../../sandbox/servers/mysql-binary';

describe('the cache of servers', () => {
  const before = process.env['BOOSTA_CACHE_DIR'];
  let cache: string;

  beforeEach(async () => {
    cache = await mkdtemp(join(tmpdir(), 'boosta-cache-'));
    process.env['BOOSTA_CACHE_DIR'] = cache;
  });

  afterEach(async () => {
    if (before === undefined) delete process.env['BOOSTA_CACHE_DIR'];
    else process.env['BOOSTA_CACHE_DIR'] = before;
    await rm(cache, { recursive: true });
  });

  function thing(builds: string[]) {
    return {
      name: 'thing',
      build: async (folder: string) => {
        builds.push(folder);
        await writeFile(join(folder, 'file'), 'whole');
      },
      check: async (folder: string) => {
        if ((await readFile(join(folder, 'file'), 'utf8')) !== 'whole') throw new Error('damaged');
      },
      progress: () => undefined,
    };
  }

  it('builds once when two want the same thing at once', async () => {
    const builds: string[] = [];
    await Promise.all([installOnce(thing(builds)), installOnce(thing(builds))]);
    expect(builds).toHaveLength(1);
    expect(await readdir(cache)).toEqual(['thing']);
  });

  it('builds anew what has been damaged', async () => {
    const builds: string[] = [];
    const folder = await installOnce(thing(builds));
    await writeFile(join(folder, 'file'), 'half');
    await installOnce(thing(builds));
    expect(builds).toHaveLength(2);
    expect(await readFile(join(folder, 'file'), 'utf8')).toBe('whole');
  });

  it('leaves nothing behind when building fails', async () => {
    const failing = { ...thing([]), build: () => Promise.reject(new Error('no network')) };
    await expect(installOnce(failing)).rejects.toThrow('no network');
    expect(await readdir(cache)).toEqual([]);
  });

  it('takes over the lock of a process that was killed', async () => {
    const lock = join(cache, 'thing.lock');
    await writeFile(lock, 'dead');
    const longAgo = new Date(Date.now() - 60_000);
    await utimes(lock, longAgo, longAgo);
    await installOnce(thing([]));
    expect(await readdir(cache)).toEqual(['thing']);
  });
});

describe("apt's sources", () => {
  it('are read in the newer format, with keys that span lines, and without disabled ones', () => {
    const text = [
      '# comment',
      'Types: deb deb-src',
      'URIs: mirror-one',
      'Suites: bookworm bookworm-updates',
      'Components: main',
      'Signed-By:',
      ' -----BEGIN PGP PUBLIC KEY BLOCK-----',
      ' .',
      '',
      'Types: deb',
      'URIs: mirror-two',
      'Suites: bookworm',
      'Enabled: no',
    ].join('\n');
    expect(parseStanzas(text)).toEqual([
      {
        uris: 'mirror-one',
        suites: ['bookworm', 'bookworm-updates'],
        components: ['main'],
        signedBy: '-----BEGIN PGP PUBLIC KEY BLOCK-----\n .',
      },
    ]);
  });

  it('are read in the older format, with and without options', () => {
    const text = [
      'deb-src m s main',
      '#deb m s main',
      'deb [arch=amd64 signed-by=/k.gpg] m s main contrib',
      'deb m s main',
    ];
    expect(parseLines(text.join('\n'))).toEqual([
      { uris: 'm', suites: ['s'], components: ['main', 'contrib'], signedBy: '/k.gpg' },
      { uris: 'm', suites: ['s'], components: ['main'], signedBy: undefined },
    ]);
  });
});

it.each([
  ['mysqld  Ver 8.0.36-0ubuntu0.22.04.1 for Linux on x86_64 ((Ubuntu))', true],
  ['mysqld  Ver 9.4.0 for macos15.2 on arm64 (Homebrew)', true],
  ['mysqld  Ver 8.0.19 for Linux on x86_64', false],
  ['mysqld  Ver 10.11.6-MariaDB-0+deb12u1 for debian-linux-gnu on x86_64', false],
])('%s: usable is %s', (version, usable) => {
  expect(isUsableMysql(version)).toBe(usable);
});
