import { z } from 'zod';
import { CARRIERS, type Carrier } from '../../domain/carrier';

/** assumed: what an account of a WMS that lists no Korean carriers calls them. */
export const KOREAN_CARRIERS: Readonly<Record<string, Carrier>> = {
  cj_logistics: 'cj',
  hanjin: 'hanjin',
  lotte_global: 'lotte',
  logen: 'logen',
  korea_post: 'post',
};

/** The setting that tells a WMS's own words for carriers. */
export function carrierCodes(usual: Readonly<Record<string, Carrier>>) {
  return z.record(z.string(), z.enum(CARRIERS)).default(usual);
}
