import { sql } from 'drizzle-orm';
import type { Db } from '../database';
import { auditEvent, collectionRun, dispatch, rawRecord, sale, shipment, task } from '../schema';

/** Differs whenever something has happened that a page may show. Each part is the end of an index. */
export async function readMark(db: Db): Promise<string> {
  const newest = [task, auditEvent, rawRecord, collectionRun, shipment, sale].map(
    (table) => sql`(select coalesce(max(${table.id}), 0) from ${table})`,
  );
  const openTasks = sql`(select count(*) from ${task} where ${task.openKey} is not null)`;
  const sending = sql`(select count(*) from ${dispatch} where ${dispatch.state} = 'sending')`;
  const [rows] = await db.execute(
    sql`select concat_ws('-', ${sql.join([...newest, openTasks, sending], sql`, `)}) as mark`,
  );
  const [row] = rows as unknown as { mark: string }[];
  return row?.mark ?? '';
}
