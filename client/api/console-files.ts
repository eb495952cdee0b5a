import { existsSync } from 'node:fs';
import { join } from 'node:path';
import files from '@fastify/static';
import type { FastifyInstance } from 'fastify';
import { CONSOLE_PAGES, type ConsolePage } from './contract/pages';

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
  for (const address of CONSOLE_PAGES.flatMap(addressesOf)) {
    api.get(address, page, async (_, reply) =>
      reply.header('cache-control', 'no-cache').sendFile('index.html', { cacheControl: false }),
    );
  }
}

/** The root is a page by itself; below the others are their parts. */
function addressesOf(page: ConsolePage): string[] {
  return page === '' ? ['/'] : [`/${page}`, `/${page}/*`];
}
