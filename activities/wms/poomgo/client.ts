import { z } from 'zod';
import { read, type WriteReply, write } from '../../json-call';
import type { CreateOptions, Permit } from '../wms';

const READ_TIMEOUT_MS = 15_000;
/** The most that its lists give at once. */
const PAGE_SIZE = 500;

export type PoomgoClient = ReturnType<typeof poomgoClient>;

/** Calls of one account. Its lists are asked by POST, its orders made by PUT. */
export function poomgoClient(baseUrl: string, apiKey: string, permit: Permit) {
  const at = (path: string) => ({
    url: `${baseUrl.replace(/\/$/, '')}${path}`,
    headers: { authorization: apiKey, 'content-type': 'application/json' },
    permit,
  });

  /** @throws OutsideUnavailable as {@link read} does. */
  function get<T>(path: string, schema: z.ZodType<T>): Promise<T> {
    return read({ ...at(path), method: 'GET', timeoutMs: READ_TIMEOUT_MS }, schema);
  }

  /**
   * Every row of a list, page by page. A row may come twice when others join the list meanwhile.
   *
   * @throws OutsideUnavailable
   */
  async function rows<Row extends z.ZodType>(
    path: string,
    query: Readonly<Record<string, unknown>>,
    rowSchema: Row,
    timeoutMs = READ_TIMEOUT_MS,
  ): Promise<z.output<Row>[]> {
    // The guide's samples give the total as a string.
    const schema = z.object({ total: z.coerce.number().int(), rows: z.array(rowSchema) });
    const all: z.output<Row>[] = [];
    for (let page = 1; ; page += 1) {
      const body = JSON.stringify({ ...query, page, pageSize: PAGE_SIZE });
      const answer = await read({ ...at(path), method: 'POST', body, timeoutMs }, schema);
      all.push(...answer.rows);
      if (answer.rows.length === 0 || all.length >= answer.total) return all;
    }
  }

  return {
    get,
    rows,
    put: (path: string, body: unknown, options: CreateOptions): Promise<WriteReply> =>
      write({ ...at(path), method: 'PUT', body: JSON.stringify(body), ...options }),
    remove: (path: string, options: CreateOptions): Promise<WriteReply> =>
      write({ ...at(path), method: 'DELETE', ...options }),
  };
}
