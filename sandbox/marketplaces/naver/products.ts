import { z } from 'zod';
import { type CatalogueDeal, knownMatches, newDeals } from '../../catalogue';
import type { EmittedLine } from '../../generator/generate-day';
import { jsonBody, type Route } from '../../stand-in/message';
import { listingOf, type OrderBook } from '../order-book';
import { type Answers, BadRequest } from './answers';

interface Option {
  readonly id: number;
  readonly name: string;
  price: number;
  usable: boolean;
}

interface Product {
  readonly originProductNo: number;
  readonly name: string;
  readonly salePrice: number;
  readonly options: readonly Option[];
}

const STOCK_AT_FIRST = 999;

const changeSchema = z.object({
  optionInfo: z.object({
    optionCombinations: z
      .array(
        z.object({
          id: z.int(),
          stockQuantity: z.int().min(0).max(99_999_999).default(0),
          price: z.int().max(999_999_990).default(0),
          usable: z.boolean().default(true),
        }),
      )
      .default([]),
    useStockManagement: z.boolean().optional(),
  }),
});
const multiUpdateSchema = z.object({
  multiProductUpdateRequestVos: z
    .array(
      z.object({
        originProductNo: z.int(),
        multiUpdateTypes: z.array(z.literal('STOCK')).min(1),
        stockQuantity: z.int().min(0).max(99_999_999),
      }),
    )
    .min(1),
});

/** What the shop sells: a product for each deal, with its options. Prices that were changed do not outlive a restart. */
export class Products {
  readonly #products = productsOf([...knownMatches, ...newDeals]);

  constructor(
    private readonly book: OrderBook,
    private readonly answers: Answers,
  ) {}

  /** Numbers under which a line's stock is kept; the option's where it has one. */
  numbersOf(line: Pick<EmittedLine, 'deal' | 'option'>): { originalProductId: string; itemNo?: string } {
    const product = [...this.#products.values()].find(({ name }) => name === line.deal);
    const originalProductId = String(product?.originProductNo ?? 80_000_000);
    return line.option === ''
      ? { originalProductId }
      : { originalProductId, itemNo: listingOf('smartstore', line) };
  }

  readonly routes: readonly Route[] = [
    {
      method: 'GET',
      path: '/external/v2/products/origin-products/:product',
      endpoint: 'product',
      handle: ({ params }) => this.answers.plain(this.write(this.find(Number(params['product'])))),
    },
    {
      method: 'PUT',
      path: '/external/v1/products/origin-products/:product/option-stock',
      endpoint: 'option-stock',
      handle: (request) => {
        const product = this.find(Number(request.params['product']));
        this.setOptions(product, fitting(changeSchema, jsonBody(request)));
        return this.answers.plain(this.write(product));
      },
    },
    {
      method: 'PATCH',
      path: '/external/v1/products/origin-products/multi-update',
      endpoint: 'multi-update',
      handle: (request) => {
        const { multiProductUpdateRequestVos: changes } = fitting(multiUpdateSchema, jsonBody(request));
        const products = changes.map(({ originProductNo }) => this.find(originProductNo));
        if (products.some(({ options }) => options.length > 0)) throw badRequest('옵션 상품입니다.');
        for (const { originProductNo, stockQuantity } of changes)
          this.keep(String(originProductNo), stockQuantity);
        return this.answers.plain({ code: 'SUCCESS', message: '', data: {} });
      },
    },
  ];

  private setOptions(product: Product, { optionInfo }: z.output<typeof changeSchema>): void {
    const changes = optionInfo.optionCombinations.map((change) => {
      const option = product.options.find(({ id }) => id === change.id);
      if (option === undefined) throw badRequest(`옵션이 없습니다. (${change.id})`);
      return { option, change };
    });
    for (const { option, change } of changes) {
      option.price = change.price;
      option.usable = change.usable;
      const quantity = optionInfo.useStockManagement === false ? 9_999 : change.stockQuantity;
      this.keep(`${product.originProductNo}/${option.id}`, quantity);
    }
  }

  private keep(listing: string, quantity: number): void {
    this.book.record({ type: 'stock', at: this.book.clock(), listing, quantity });
  }

  private find(originProductNo: number): Product {
    const product = this.#products.get(originProductNo);
    if (product === undefined) throw new BadRequest(404, 'NOT_FOUND', '데이터가 존재하지 않습니다.');
    return product;
  }

  private write({ originProductNo, name, salePrice, options }: Product) {
    const stockOf = (listing: string) => this.book.stock.get(listing) ?? STOCK_AT_FIRST;
    const optionCombinations = options.map(({ id, name: optionName1, price, usable }) => ({
      id,
      optionName1,
      stockQuantity: stockOf(`${originProductNo}/${id}`),
      price,
      usable,
    }));
    return {
      originProductNo,
      originProduct: {
        statusType: 'SALE',
        name,
        salePrice,
        stockQuantity:
          options.length > 0
            ? optionCombinations.reduce((sum, { stockQuantity }) => sum + stockQuantity, 0)
            : stockOf(String(originProductNo)),
        detailAttribute:
          options.length > 0 ? { optionInfo: { optionCombinations, useStockManagement: true } } : {},
      },
    };
  }
}

function productsOf(deals: readonly CatalogueDeal[]): Map<number, Product> {
  const own = deals.filter(({ channel }) => channel === 'smartstore');
  const names = [...new Set(own.map(({ deal }) => deal))];
  return new Map(
    names.map((name, index) => {
      const offers = own.filter(({ deal }) => deal === name);
      const salePrice = Math.min(...offers.map(({ price }) => Number(price)));
      const options = offers.filter(({ option }) => option !== '').map((offer) => optionOf(offer, salePrice));
      const originProductNo = 80_000_001 + index;
      return [originProductNo, { originProductNo, name, salePrice, options }];
    }),
  );
}

/** An option's price is what it costs more than the product. */
function optionOf(offer: CatalogueDeal, salePrice: number): Option {
  const id = Number(listingOf('smartstore', offer));
  return { id, name: offer.option, price: Number(offer.price) - salePrice, usable: true };
}

function fitting<T>(schema: z.ZodType<T>, body: unknown): T {
  const parsed = schema.safeParse(body);
  if (parsed.success) return parsed.data;
  throw badRequest(z.prettifyError(parsed.error));
}

function badRequest(message: string): BadRequest {
  return new BadRequest(400, 'BAD_REQUEST', message, []);
}
