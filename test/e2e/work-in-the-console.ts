import { writeSheet } from '../../client/import/write-sheet';
import type { Recipient } from '../../domain/order';
import { visitorAt } from '../support/api';
import { B2B } from '../support/order-files';

/** What a line of an order that has gone through was sold as. */
export interface KnownDeal {
  readonly channel: string;
  readonly deal: string;
  readonly option: string;
  /** Of one unit: at another one its orders would wait. */
  readonly price: bigint;
}

const ENTERED: Recipient = {
  name: '남궁새벽',
  phone: '010-7301-9942',
  phone2: '0507-1388-2046',
  postcode: '06236',
  address: '서울특별시 강남구 논현로 118길 31, 4층',
  deliveryMessage: '초인종은 두 번만 눌러 주세요',
};
const UPLOADED: Recipient = {
  name: '제갈미르',
  phone: '010-6428-1175',
  phone2: null,
  postcode: '48058',
  address: '부산광역시 해운대구 달맞이길 62번길 9',
  deliveryMessage: '경비실 옆 창고에 두세요',
};

/**
 * What somebody does with orders in the console, by its API: everything by which a person's name, number or address
 * may get into a request.
 *
 * @returns whom the orders go to that came in by it.
 */
export async function workInTheConsole(
  url: string,
  password: string,
  known: KnownDeal,
  order: { readonly key: string; readonly recipient: Recipient },
  /** An order whose deal nobody has decided. */
  waiting: string,
): Promise<Recipient[]> {
  const admin = visitorAt(url);
  const done = async (method: string, path: string, body?: unknown) => {
    const answer = await admin.ask(method, path, body);
    if (answer.status !== 200)
      throw new Error(`${method} ${path}: ${answer.status} ${answer.bytes.toString()}`);
    return answer.body;
  };
  await done('POST', '/api/session', { name: 'admin', password });
  const { name, phone, address } = order.recipient;
  for (const q of [name, phone, phone.replaceAll('-', ''), phone.slice(-4), address, ENTERED.name])
    await done('GET', `/api/orders?q=${encodeURIComponent(q)}`);
  await done('GET', `/api/orders/export?q=${encodeURIComponent(name)}`);
  await done('POST', `/api/orders/${order.key}/reveal`, { reason: 'the customer called' });
  await done('POST', `/api/dispatch/orders/${order.key}/reveal`, { reason: 'the customer called' });
  await done('POST', `/api/orders/${waiting}/hold`, { reason: 'address to be confirmed' });
  await done('POST', `/api/orders/${waiting}/release`, { reason: 'confirmed' });
  await enter(done, known);
  const broken = {
    channel: known.channel,
    recipient: { ...ENTERED, phone: address },
    lines: [],
    reason: name,
  };
  await admin.ask('POST', `/api/orders?of=${encodeURIComponent(name)}`, broken);
  await admin.ask('GET', `/api/orders/${encodeURIComponent(name)}/${encodeURIComponent(address)}`);
  await upload(done, known);
  return [ENTERED, UPLOADED];
}

type Done = (method: string, path: string, body?: unknown) => ReturnType<typeof JSON.parse>;

async function enter(done: Done, { channel, deal, option, price }: KnownDeal): Promise<void> {
  const lines = [{ deal, option, quantity: 1, amount: String(price) }];
  const body = { channel, recipient: ENTERED, lines, reason: 'by phone' };
  await done('POST', '/api/orders', body);
}

async function upload(done: Done, { channel, deal, option, price }: KnownDeal): Promise<void> {
  const { columns, sample } = B2B;
  await done('PUT', '/api/uploads/templates/b2b', {
    channel,
    sample,
    columns,
    replaces: null,
    reason: 'new',
  });
  const content = { deal, option, quantity: 1, amount: Number(price), shippingFee: 0 };
  const cells: Record<string, string | number | null> = {
    ...UPLOADED,
    ...content,
    orderNumber: 'UP-1',
    orderedAt: '2026-11-20 10:30',
  };
  const rows = (async function* () {
    yield columns.map(({ header }) => header);
    yield columns.map(({ field }) => cells[field] ?? '');
  })();
  const bytes = await writeSheet(
    '주문',
    rows,
    columns.map(() => 12),
  );
  const fileName = encodeURIComponent(`${UPLOADED.name} ${UPLOADED.phone}.xlsx`);
  const { id, version, found } = await done('POST', `/api/uploads/drafts?fileName=${fileName}`, bytes);
  if (found.problemCount > 0) throw new Error(JSON.stringify(found.problems));
  await done('POST', `/api/uploads/drafts/${id}/commit`, { version, validRowsOnly: false });
}
