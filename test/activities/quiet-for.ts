import type { House } from '../support/house';

/** As if so much time had passed in which nothing happened to any order. */
export async function quietFor(house: House, seconds: number): Promise<void> {
  await house.database.pool.query(
    'UPDATE orders SET updated_at = updated_at - INTERVAL ? SECOND, swept_at = swept_at - INTERVAL ? SECOND',
    [seconds, seconds],
  );
}
