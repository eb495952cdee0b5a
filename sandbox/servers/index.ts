export { cacheDir } from './cache';
export { explain } from './explain';
export { type MysqlOptions, type RunningMysql, startMysql } from './mysql';
export { ensureMysql, type MysqlCommand, MysqlUnavailable } from './mysql-binary';
export { ServerAlreadyRunning } from './pid-file';
export { freePort, PortInUse, requirePortFree } from './ports';
export type { Progress } from './progress';
export type { SearchAttributeKind, SearchAttributes } from './search-attributes';
export { type RunningServer, type ServerExit, ServerStartFailed } from './server-process';
export {
  type RunningTemporal,
  startTemporal,
  type TemporalOptions,
} from './temporal';
export { ensureTemporal, TemporalUnavailable } from './temporal-binary';
export { ensureTimeSkippingServer, TimeSkippingServerUnavailable } from './time-skipping';
