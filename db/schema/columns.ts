import { bigint, customType, datetime } from 'drizzle-orm/mysql-core';

/** Keys compare byte by byte: MySQL's default collation would take `a/1` and `A/1` for the same order. */
export const ascii = customType<{ data: string; config: { length: number }; configRequired: true }>({
  dataType: (config) => `varchar(${config.length}) character set ascii collate ascii_bin`,
});

/** Text of any script that is compared as it is written. */
export const exact = customType<{ data: string; config: { length: number }; configRequired: true }>({
  dataType: (config) => `varchar(${config.length}) character set utf8mb4 collate utf8mb4_bin`,
});

/** A name people give to a thing of ours: connection, item, configuration. */
export const code = (name: string) => ascii(name, { length: 60 });
export const orderKeyColumn = (name: string) => ascii(name, { length: 160 });
export const lineKeyColumn = (name: string) => ascii(name, { length: 255 });
export const dispatchIdColumn = (name: string) => ascii(name, { length: 32 });

export const blob = customType<{ data: Buffer; driverData: Buffer }>({ dataType: () => 'mediumblob' });

/** UTC, to the microsecond: leases are compared by the database's clock. */
export const utc = (name: string) => datetime(name, { mode: 'date', fsp: 6 });

/** Whole won. */
export const krw = (name: string) => bigint(name, { mode: 'bigint' });

export const rowId = (name: string) => bigint(name, { mode: 'number', unsigned: true });
