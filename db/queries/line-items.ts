import { and, eq } from 'drizzle-orm';
import { configurationItem, orderLine } from '../schema';

/** A line stands for the items of the version it was matched with, whatever came later. */
export const isInLine = and(
  eq(configurationItem.configuration, orderLine.configuration),
  eq(configurationItem.version, orderLine.configurationVersion),
);
