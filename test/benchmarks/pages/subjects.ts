import { getChoseong } from 'es-hangul';
import type { RowDataPacket } from 'mysql2/promise';
import type { Database } from '../../../db/database';

/** What a house is asked about: chosen by the same rule in a large and in a small one. */
export type Subjects = Awaited<ReturnType<typeof chooseSubjects>>;

/** Looks for an order of the middle of the time, others in trouble, and what belongs to them. */
export async function chooseSubjects({ pool }: Database, orders: number) {
  const one = async (sql: string): Promise<string> => {
    const [[row]] = await pool.query<RowDataPacket[]>(sql);
    const value: unknown = row?.['chosen'];
    if (typeof value !== 'string' && typeof value !== 'number')
      throw new Error(`Nothing to ask about: ${sql}`);
    return String(value);
  };
  const middle = await one(
    `select order_key as chosen from tracking_upload where shipment_id >= ${Math.ceil(orders / 2)} and state = 'done' order by shipment_id limit 1`,
  );
  const ofMiddle = (column: string, table: string) =>
    one(`select ${column} as chosen from ${table} where order_key = '${middle}' limit 1`);
  const withState = (state: string) =>
    one(
      `select lead_order_key as chosen from dispatch where state = '${state}' order by created_at desc limit 1`,
    );
  const name = await ofMiddle('name', 'recipient');
  const phone = await ofMiddle('phone', 'recipient');
  return {
    order: middle,
    number: await ofMiddle('order_number', 'orders'),
    orderedAt: await one(
      `select date_format(ordered_at, '%Y-%m-%dT%H:%i:%s.%fZ') as chosen from orders where order_key = '${middle}'`,
    ),
    tracking: await one(
      `select tracking_number as chosen from shipment join tracking_upload on id = shipment_id where order_key = '${middle}'`,
    ),
    name,
    choseong: getChoseong(name),
    lastFour: phone.slice(-4),
    returned: await one(`select order_key as chosen from returns order by id desc limit 1`),
    unknown: await withState('unknown'),
    accepted: await withState('accepted'),
    cancelled: await withState('cancelled'),
    unknownDeal: await one(
      `select deal_key as chosen from order_line join orders using (order_key) where waiting = 'unknown_deal' order by deal_key limit 1`,
    ),
    knownDeal: await one(
      `select deal_key as chosen from order_line where order_key = '${middle}' and gift_rule is null limit 1`,
    ),
    shortItem: await one(
      `select item_code as chosen from stock_queue where wms = 'fulfillment' order by ordered_at limit 1`,
    ),
    gift: await one(`select min(id) as chosen from gift_rule`),
    draft: await one(`select max(id) as chosen from upload_draft`),
    upload: await one(`select min(id) as chosen from upload`),
    job: await one(`select max(id) as chosen from bulk_job`),
  };
}
