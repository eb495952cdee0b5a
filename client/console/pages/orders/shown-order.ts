import type { readOrder } from '../../../api/contract/orders';
import type { Answer } from '../../../api/contract/route';

export type ShownOrder = Answer<typeof readOrder>;

/** Of the path of what is asked of it. */
export function paramsOf({ key }: Pick<ShownOrder, 'key'>): { channel: string; number: string } {
  const [channel = '', number = ''] = key.split('/');
  return { channel, number };
}
