import type { Page } from 'playwright-core';
import { watchShipments } from '../../activities/watch-shipments';
import { CONNECTIONS } from '../../sandbox/seed';
import { OpenedConsole, send } from '../support/console';
import { openStaffedHouse, type StaffedHouse } from '../support/staffed-house';

/** A house at work with its console. */
export interface ConsoleHouse extends StaffedHouse {
  readonly console: OpenedConsole;
}

/** Short, so that an outcome nobody knows is one within seconds. */
const BOUNDS = { leaseMs: 6_000, requestTimeoutMs: 2_000, settlingMs: 0 };
const LOOK_EVERY_MS = 500;

/** Stand-ins, MySQL, Temporal, a worker and the API, each the real one; what is sent ships at once. */
export async function openConsoleHouse(): Promise<ConsoleHouse> {
  const house = await openStaffedHouse({ workers: 1, dispatcher: BOUNDS, shipAfterMs: 100 });
  house.repeat(() => watchShipments(house.deps, CONNECTIONS.wms), LOOK_EVERY_MS);
  const opened = await OpenedConsole.open(house.database, house.env);
  return {
    ...house,
    console: opened,
    async close() {
      await opened.close();
      await house.close();
    },
  };
}

const RECIPIENT = {
  name: '김하늘',
  phone: '010-1234-5678',
  postcode: '06236',
  address: '서울특별시 강남구 테헤란로 1',
};

/** Enters an order of one piece of a deal. @returns its key. */
export async function enterOrder(
  page: Page,
  channel: string,
  orderNumber: string,
  deal: string,
  amount = '19800',
): Promise<string> {
  const lines = [{ deal, quantity: 1, amount }];
  const data = { channel, orderNumber, recipient: RECIPIENT, lines, reason: '전화 주문' };
  const { status, body } = await send(page, 'POST', '/api/orders', data);
  if (status !== 200) throw new Error(`${channel}/${orderNumber}: ${status} ${JSON.stringify(body)}`);
  return body.key;
}
