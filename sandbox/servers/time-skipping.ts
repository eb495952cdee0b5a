import { access, constants, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { installOnce } from './cache';
import { fetchFromFirst, type Source } from './first-source';
import { type Progress, throttled } from './progress';
import { run } from './run';
import { downloadBySdk } from './sdk-download';

/** Workflow tests cannot run on this machine; the message tells a person what to do. */
export class TimeSkippingServerUnavailable extends Error {
  override readonly name = 'TimeSkippingServerUnavailable';
  constructor(cause: unknown) {
    super(
      "No time-skipping Temporal test server can be had on this machine: the SDK's download failed, and building " +
        'it from Maven Central needs `mvn` and `java` (17 or later).',
      { cause },
    );
  }
}

const VERSION = '1.31.0';
const EXECUTABLE = 'temporal-test-server';

const POM = `<project>
  <modelVersion>4.0.0</modelVersion>
  <groupId>boosta</groupId>
  <artifactId>time-skipping-server</artifactId>
  <version>1</version>
  <dependencies>
    <dependency>
      <groupId>io.temporal</groupId>
      <artifactId>temporal-test-server</artifactId>
      <version>${VERSION}</version>
    </dependency>
    <!-- Without a logger SLF4J prints three lines of warning into every test run. -->
    <dependency>
      <groupId>org.slf4j</groupId>
      <artifactId>slf4j-nop</artifactId>
      <version>1.7.36</version>
    </dependency>
  </dependencies>
</project>
`;

/**
 * The jar is a thin one, so a script stands in for the executable; it finds the jars beside itself. It lives
 * for minutes and must answer within the SDK's five seconds: starting fast is all that counts.
 */
const SCRIPT = `#!/bin/sh
exec java -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Xshare:auto -cp "$(dirname "$0")/lib/*" io.temporal.testserver.TestServer "$@"
`;

/**
 * Path of an executable for `TestWorkflowEnvironment.createTimeSkipping` (`existing-path`): the cache, then the
 * SDK's own download, then Maven Central.
 */
export async function ensureTimeSkippingServer(progress: Progress): Promise<string> {
  const say: Progress = (line) => progress(`Temporal test server: ${line}`);
  try {
    const folder = await installOnce({
      name: `temporal-test-server-${VERSION}-quick`,
      build: (building) => fetch(building, say),
      check: (built) => access(join(built, EXECUTABLE), constants.X_OK),
      progress: say,
    });
    return join(folder, EXECUTABLE);
  } catch (cause) {
    throw new TimeSkippingServerUnavailable(cause);
  }
}

async function fetch(folder: string, say: Progress): Promise<void> {
  const executable = join(folder, EXECUTABLE);
  const sources: Source[] = [
    {
      what: "the SDK's own download",
      fetch: (scratch) => downloadBySdk('createTimeSkipping', scratch, executable),
    },
    {
      what: 'Maven Central (40 jars, 33 MB)',
      fetch: (scratch) => fromMaven(scratch, join(folder, 'lib'), executable, say),
    },
  ];
  await fetchFromFirst(sources, folder, say);
}

async function fromMaven(scratch: string, jars: string, executable: string, say: Progress): Promise<void> {
  await run('java', ['-version']);
  await writeFile(join(scratch, 'pom.xml'), POM);
  const goal = ['dependency:copy-dependencies', '-DincludeScope=runtime', `-DoutputDirectory=${jars}`];
  const options = { cwd: scratch, onLine: countJars(say) };
  await run('mvn', ['--batch-mode', '--strict-checksums', ...goal], options);
  await writeFile(executable, SCRIPT, { mode: 0o755 });
}

function countJars(progress: Progress): (line: string) => void {
  const say = throttled(progress, 2_000);
  let jars = 0;
  return (line) => {
    if (!/^\[INFO\] Downloaded .*\.jar /.test(line)) return;
    jars += 1;
    say(`fetching from Maven Central… ${jars} jars (with those of Maven's own plugins)`);
  };
}
