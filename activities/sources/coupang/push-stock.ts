import { z } from 'zod';
import type { ListingStock, Reply } from '../source';
import type { Wing } from './client';

/** Assumed: more than that is not taken; a listing's largest quantity in the documents of 상품 생성. */
const MOST = 99_999;

const answerSchema = z
  .object({ code: z.string().catch(''), message: z.string().catch('') })
  .catch({ code: '', message: '' });

/** 상품 아이템별 수량 변경: one call for each option (옵션ID). */
export async function pushStock(wing: Wing, levels: readonly ListingStock[]): Promise<Reply[]> {
  const replies: Reply[] = [];
  for (const level of levels) replies.push(await pushLevel(wing, level));
  return replies;
}

async function pushLevel(wing: Wing, { listing, quantity }: ListingStock): Promise<Reply> {
  const item = `/v2/providers/seller_api/apis/api/v1/marketplace/vendor-items/${encodeURIComponent(listing)}`;
  const { result, exchange } = await wing.write('PUT', `${item}/quantities/${Math.min(quantity, MOST)}`);
  if (result.kind !== 'answered') return { outcome: result, exchange };
  const { code, message } = answerSchema.parse(result.body);
  if (result.status < 300 && code === 'SUCCESS') return { outcome: { kind: 'done' }, exchange };
  return {
    outcome: { kind: 'refused', reason: `HTTP ${result.status}: ${message.slice(0, 200)}` },
    exchange,
  };
}
