import { clockJump } from './clock-jump';
import type { Fault } from './fault';
import { forgetHistory } from './forget-history';
import { fullDisk } from './full-disk';
import { fullPool } from './full-pool';
import { killConnections } from './kill-connections';
import { killMysql } from './kill-mysql';
import { killTemporal } from './kill-temporal';
import { killWorker } from './kill-worker';
import { latency } from './latency';
import { loseResponses } from './lose-responses';
import { overload } from './overload';
import { partition } from './partition';
import { resetWorkflows } from './reset-workflows';
import { restartWorkers } from './restart-workers';
import { startTogether } from './start-together';
import { stopWorker } from './stop-worker';
import { stormOfDeadlocks } from './storm-of-deadlocks';
import { terminateWorkflows } from './terminate-workflows';

/** Every kind of fault; a campaign injects each of them. */
export const FAULTS: readonly Fault[] = [
  killWorker,
  stopWorker,
  killMysql,
  killTemporal,
  killConnections,
  stormOfDeadlocks,
  loseResponses,
  latency,
  partition,
  fullPool,
  fullDisk,
  startTogether,
  resetWorkflows,
  terminateWorkflows,
  forgetHistory,
  restartWorkers,
  overload,
  clockJump,
];
