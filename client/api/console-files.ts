import { existsSync } from 'node:fs';
import { join } from 'node:path';
import files from '@fastify/static';
import type { FastifyInstance } from 'fastify';

/** Where the build has put them, whether this runs from the build or (in tests) from the sources. */
const FOLDERS = [
  join(__dirname, '..', 'console-files'),
  join(__dirname, '..', '..', 'dist', 'client', 'console-files'),
];
const YEAR_SECONDS = 365 * 24 * 3600;

/** The console: its files, and its one page for every address that is a page of it. */
export async function serveConsole(api: FastifyInstance): Promise<void> {
  const root = FOLDERS.find((folder) => existsSync(join(folder, 'index.html')));
  if (root === undefined) return;
  await api.register(files, {
    root,
    wildcard: false,
    index: false,
    maxAge: YEAR_SECONDS * 1000,
    immutable: true,
  });
  const page = { schema: { hide: true } };
  for (const address of ['/', ...PAGES]) {
    api.get(address, page, async (_, reply) =>
      reply.header('cache-control', 'no-cache').sendFile('index.html', { cacheControl: false }),
    );
  }
}

/** As client/console/pages.ts has them. */
const PAGES = [
  'orders',
  'matching',
  'catalogue',
  'upload',
  'dispatch',
  'stock',
  'collection',
  'sales',
  'audit',
  'settings',
].flatMap((page) => [`/${page}`, `/${page}/*`]);
