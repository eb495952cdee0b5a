import { z } from 'zod';
import { type NewOrder, seoulDay, type Warehouse, type WarehouseOrder } from './warehouse';

// assumed: the guide names only the code of success, 9999.
export const CODES = {
  ok: '9999',
  badRequest: '4000',
  unauthorized: '4001',
  unknownProduct: '4004',
  duplicate: '4009',
  tooLate: '4010',
  tooMany: '4029',
} as const;

/** The envelope's code and message; whatever is not an order or a decision. */
export type Refusal = { readonly code: string; readonly message: string };

const orderSchema = z.looseObject({
  company_order_code: z.string().min(1).max(100),
  request_shipping_dt: z.string().regex(/^\d{8}$/),
  receiver_name: z.string().min(1).max(100),
  tel1: z.string().min(1).max(20),
  shipping_address1: z.string().min(1).max(150),
  memo1: z.string().max(500).optional(),
  order_item_list: z.array(z.looseObject({ sales_product_id: z.int(), quantity: z.int().positive() })).min(1),
});

/** 발주 등록: one order, as the single and the bulk registration treat it. */
export function registerOrder(
  warehouse: Warehouse,
  body: unknown,
  rejectRepeatedCodes: boolean,
): WarehouseOrder | Refusal {
  const parsed = orderSchema.safeParse(body);
  if (!parsed.success) return badRequest(parsed.error);
  const order = parsed.data;
  const code = order.company_order_code;
  if (rejectRepeatedCodes && warehouse.byCode(code).some(({ state }) => state !== 'cancelled'))
    return { code: CODES.duplicate, message: `이미 등록된 주문번호입니다. 주문번호 중복 (${code})` };
  if (order.request_shipping_dt < seoulDay(Date.now()))
    return { code: CODES.badRequest, message: '출고희망일은 과거 날짜로 지정할 수 없습니다.' };
  const items = findItems(warehouse, order.order_item_list);
  if ('code' in items) return items;
  return warehouse.accept({ code, orderNumbers: order.memo1 ?? '', items, content: order });
}

function findItems(
  warehouse: Warehouse,
  lines: z.infer<typeof orderSchema>['order_item_list'],
): NewOrder['items'] | Refusal {
  const products = [...warehouse.products.values()];
  const items: NewOrder['items'] = [];
  for (const { sales_product_id, quantity } of lines) {
    const product = products[sales_product_id - 1];
    if (!product)
      return { code: CODES.unknownProduct, message: `존재하지 않는 판매상품입니다. (${sales_product_id})` };
    items.push({ itemCode: product.itemCode, quantity });
  }
  return items;
}

/** 발주 취소요청: approved (cancel_status 2), waiting (1), or refused because the order has shipped. */
export function requestCancel(
  warehouse: Warehouse,
  body: unknown,
  approveAtOnce: boolean,
): { order: WarehouseOrder; cancelStatus: 1 | 2 } | Refusal {
  const parsed = z
    .looseObject({ order_id: z.int(), release_id: z.int(), cancel_reason_no: z.int().min(1).max(6) })
    .safeParse(body);
  if (!parsed.success) return badRequest(parsed.error);
  const order = warehouse.orders[parsed.data.order_id - 1];
  if (!order) return { code: CODES.badRequest, message: '존재하지 않는 발주입니다.' };
  if (order.state === 'shipped') return { code: CODES.tooLate, message: '이미 출고완료된 발주입니다.' };
  const approved = order.state === 'cancelled' || approveAtOnce;
  if (order.state === 'open' && approved) warehouse.cancel(order.id);
  return { order, cancelStatus: approved ? 2 : 1 };
}

export function badRequest(error: z.ZodError): Refusal {
  const fields = error.issues.map(({ path }) => path.join('.')).join(', ');
  return { code: CODES.badRequest, message: `필수값이 없거나 형식이 잘못되었습니다: ${fields}` };
}
