import { METERED } from './meter';

/** The same draws make the same houses, so that they can be kept for the next time. */
export const BENCH_SEED = 7;

const BYTES_AN_ORDER = 12_000;

/** MySQL for so many orders: all lie in memory as a whole, and while they are filled, nothing waits for the disk. */
export function settingsFor(orders: number): string[] {
  const pool = Math.max(256, Math.ceil((orders * BYTES_AN_ORDER) / 2 ** 20) + 512);
  return [
    `--innodb-buffer-pool-size=${pool}M`,
    '--innodb-redo-log-capacity=2G',
    '--innodb-flush-log-at-trx-commit=2',
    '--innodb-doublewrite=OFF',
    '--local-infile=ON',
    ...METERED,
  ];
}
