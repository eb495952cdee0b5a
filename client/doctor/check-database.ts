import { readMigrationFiles } from 'drizzle-orm/migrator';
import type { Db } from '../../db/database';
import { driverError } from '../../db/errors';
import { migrationsFolder } from '../../db/migrate';
import { listConnections } from '../../db/queries/connections';
import { listRoutes } from '../../db/queries/routes';
import { appliedMigrations, serverFacts } from '../../db/queries/server';
import { openTasksByKind } from '../../db/queries/tasks';
import type { Config } from '../../worker/config';
import { openOrExplain } from '../connect';
import { checkConnections } from './check-connections';
import { attempt, FIX, type Finding, ok, wrong } from './finding';

/** Whether the record can be kept: the server, the schema, and what is in it. */
export async function checkDatabase(config: Config): Promise<Finding[]> {
  const opened = await openOrExplain(config).catch((error: Error) => error);
  if (opened instanceof Error) {
    const missing = driverError(opened.cause)?.code === 'ER_BAD_DB_ERROR';
    return [wrong('mysql', opened.message, missing ? FIX : 'npm start (or set DATABASE_URL)')];
  }
  try {
    const { db } = opened;
    const server = await attempt('mysql', () => checkServer(db));
    const schema = await attempt('schema', () => checkSchema(db), FIX);
    // With another schema the rest would only fail.
    if (schema.some((finding) => !finding.ok)) return [...server, ...schema];
    const content = await Promise.all([
      attempt('connection', () => checkConnections(opened)),
      attempt('route', () => checkRoutes(db)),
      attempt('tasks', () => countTasks(db)),
    ]);
    return [...server, ...schema, ...content.flat()];
  } finally {
    await opened.close();
  }
}

const OLDEST = [8, 0, 20] as const;

async function checkServer(db: Db): Promise<Finding[]> {
  const { version, comment, isolation } = await serverFacts(db);
  const need = 'use MySQL 8.0.20 or later: docker compose up -d mysql, and set DATABASE_URL';
  return [
    /mariadb/iu.test(`${version} ${comment}`)
      ? wrong('mysql', `it is MariaDB (${version}), whose locks differ`, need)
      : isOlder(version)
        ? wrong('mysql', `version ${version} is older than ${OLDEST.join('.')}`, need)
        : ok('mysql', `version ${version}`),
    isolation === 'REPEATABLE-READ'
      ? ok('isolation', isolation)
      : wrong(
          'isolation',
          `sessions run under ${isolation}; a claim needs REPEATABLE-READ`,
          'connect to MySQL itself: a proxy resets what a session sets',
        ),
  ];
}

/** Whether a version, as `8.0.36-debian`, is older than what the claims need. */
export function isOlder(version: string): boolean {
  const parts = version.split(/[.-]/u).map(Number);
  for (const [index, least] of OLDEST.entries()) {
    const part = parts[index] ?? 0;
    if (part !== least) return !(part > least);
  }
  return false;
}

async function checkSchema(db: Db): Promise<Finding> {
  const wanted = readMigrationFiles({ migrationsFolder: migrationsFolder() });
  const applied = await appliedMigrations(db);
  const hashes = new Set(applied.map((migration) => migration.hash));
  const times = new Set(applied.map((migration) => migration.createdAt));
  const missing = wanted.filter((migration) => !times.has(migration.folderMillis));
  const changed = wanted.filter((m) => times.has(m.folderMillis) && !hashes.has(m.hash));
  if (missing.length > 0)
    return wrong('schema', `${missing.length} of ${wanted.length} migrations are missing`, FIX);
  if (changed.length > 0)
    return wrong(
      'schema',
      'a migration was changed after it had been applied here',
      'git checkout -- db/migrations, or start on an empty database',
    );
  if (applied.length > wanted.length)
    return wrong('schema', 'the database is newer than this program', 'git pull && npm ci');
  return ok('schema', `${wanted.length} migrations applied`);
}

async function checkRoutes(db: Db): Promise<Finding> {
  const [routes, connections] = await Promise.all([listRoutes(db), listConnections(db)]);
  const set = 'npx boosta routes set --wms WMS';
  const known = new Set(connections.filter(({ kind }) => kind === 'wms').map(({ id }) => id));
  const astray = routes.find((route) => !known.has(route.wms));
  if (astray !== undefined)
    return wrong('route', `${scopeOf(astray)} to ${astray.wms}, which is not connected`, set);
  if (!routes.some((route) => route.channel === '' && route.itemCode === ''))
    return wrong('route', 'an order without a route of its own goes to no WMS', set);
  return ok('route', `${routes.length} routes, one of them for all others`);
}

function scopeOf({ channel, itemCode }: { channel: string; itemCode: string }): string {
  return `the route of ${channel || 'any channel'}, ${itemCode || 'any item'} leads`;
}

/** What waits for a person is no fault of the system, but the first thing to look at. */
async function countTasks(db: Db): Promise<Finding> {
  const kinds = Object.entries(await openTasksByKind(db));
  const says = kinds.map(([kind, tasks]) => `${tasks} ${kind}`).join(', ');
  return ok('tasks', says === '' ? 'nothing waits for a person' : `${says}: see npx boosta tasks`);
}
