import { z } from 'zod';
import type { WriteReply } from '../../json-call';
import type { ListingStock, Reply } from '../source';
import type { NaverClient } from './client';
import { sayingOf } from './wire';

const PRODUCTS = '/v1/products/origin-products';

/** Levels of one product (원상품), by the number of the option; under '' that of a product without options. */
interface ProductLevels {
  readonly product: string;
  readonly units: ReadonlyMap<string, number>;
}

/** Sets what may be sold. The options of a product are set together: several calls about one would undo each other. */
export async function pushStock(client: NaverClient, levels: readonly ListingStock[]): Promise<Reply[]> {
  const replies = new Map<string, Reply>();
  for (const { product, units } of byProduct(levels)) {
    const whole = units.get('');
    if (whole !== undefined) replies.set(product, await setProduct(client, product, whole));
    const options = new Map([...units].filter(([option]) => option !== ''));
    if (options.size === 0) continue;
    for (const [option, reply] of await setOptions(client, product, options))
      replies.set(`${product}/${option}`, reply);
  }
  return levels.map(({ listing }) => replies.get(listing) ?? noListing(listing));
}

function byProduct(levels: readonly ListingStock[]): ProductLevels[] {
  const products = new Map<string, Map<string, number>>();
  for (const { listing, quantity } of levels) {
    const [, product, option = ''] = /^(\d{1,18})(?:\/(\d{1,18}))?$/.exec(listing) ?? [];
    if (product === undefined) continue;
    products.set(product, (products.get(product) ?? new Map<string, number>()).set(option, quantity));
  }
  return [...products].map(([product, units]) => ({ product, units }));
}

async function setProduct(client: NaverClient, product: string, stockQuantity: number): Promise<Reply> {
  const change = { originProductNo: Number(product), multiUpdateTypes: ['STOCK'], stockQuantity };
  const reply = await client.call({
    method: 'PATCH',
    path: `${PRODUCTS}/multi-update`,
    body: { multiProductUpdateRequestVos: [change] },
  });
  return { outcome: outcomeOf(reply), exchange: reply.exchange };
}

const optionSchema = z.object({
  id: z.union([z.int(), z.string()]),
  stockQuantity: z.int().nullish(),
  price: z.int().nullish(),
  usable: z.boolean().nullish(),
});
/** 조합형 and 표준형 옵션; those of other kinds have no stock of their own. */
const optionInfoSchema = z.object({
  optionCombinations: z.array(optionSchema).nullish(),
  optionStandards: z.array(optionSchema.omit({ price: true })).nullish(),
});
type OptionInfo = z.output<typeof optionInfoSchema>;
const productSchema = z.object({
  originProduct: z.object({
    detailAttribute: z.object({
      optionInfo: optionInfoSchema.nullish().transform((info): OptionInfo => info ?? {}),
    }),
  }),
});

/** Reads the product first: what a call about its options leaves out of them (their prices) is set to nothing. */
async function setOptions(
  client: NaverClient,
  product: string,
  units: ReadonlyMap<string, number>,
): Promise<[string, Reply][]> {
  const read = await client.call({ method: 'GET', path: `/v2/products/origin-products/${product}` });
  const options = optionsOf(read);
  const forEach = (replyOf: (option: string) => Reply) =>
    [...units.keys()].map((option): [string, Reply] => [option, replyOf(option)]);
  if ('outcome' in options) return forEach(() => options);
  const known = [...(options.optionCombinations ?? []), ...(options.optionStandards ?? [])].map(({ id }) =>
    String(id),
  );
  const unknown = (option: string) => refusal(`product ${product} has no option ${option}`, read);
  if (!known.some((option) => units.has(option))) return forEach(unknown);
  const written = await client.call({
    method: 'PUT',
    path: `${PRODUCTS}/${product}/option-stock`,
    body: { optionInfo: { ...withUnits(options, units), useStockManagement: true } },
  });
  const reply = { outcome: outcomeOf(written), exchange: written.exchange };
  return forEach((option) => (known.includes(option) ? reply : unknown(option)));
}

/** As long as the product could not be read nothing has been set. */
function optionsOf(read: WriteReply): OptionInfo | Reply {
  const { exchange } = read;
  const outcome = outcomeOf(read);
  if (outcome.kind === 'unknown')
    return { outcome: { kind: 'not-received', reason: outcome.reason }, exchange };
  if (outcome.kind !== 'done' || read.result.kind !== 'answered') return { outcome, exchange };
  const { data } = productSchema.safeParse(read.result.body);
  if (data !== undefined) return data.originProduct.detailAttribute.optionInfo;
  return { outcome: { kind: 'not-received', reason: 'the answer is no product' }, exchange };
}

function withUnits(
  { optionCombinations, optionStandards }: OptionInfo,
  units: ReadonlyMap<string, number>,
): OptionInfo {
  const changed = <T extends z.output<typeof optionSchema>>(option: T): T => ({
    ...option,
    stockQuantity: units.get(String(option.id)) ?? option.stockQuantity,
  });
  return {
    optionCombinations: optionCombinations?.map(changed),
    optionStandards: optionStandards?.map(changed),
  };
}

function outcomeOf({ result }: WriteReply): Reply['outcome'] {
  if (result.kind !== 'answered') return result;
  if (result.status < 300) return { kind: 'done' };
  return { kind: 'refused', reason: `HTTP ${result.status} ${sayingOf(result.body)}`.trim() };
}

function refusal(reason: string, { exchange }: Pick<Reply, 'exchange'>): Reply {
  return { outcome: { kind: 'refused', reason }, exchange };
}

function noListing(listing: string): Reply {
  return refusal(`${listing} is no product or option of Naver's`, {
    exchange: { request: `not sent: stock of ${listing}`, response: null, status: null },
  });
}
