/** Why a stock figure changed. */
export const STOCK_REASONS = ['snapshot', 'reserved', 'given_back', 'shipped', 'safety_changed'] as const;
export type StockReason = (typeof STOCK_REASONS)[number];

export interface StockFigures {
  readonly onHand: number;
  readonly allocated: number;
  readonly shippedSince: number;
  readonly safety: number;
}

/** What may still be promised. A WMS's count contains neither what we have promised nor what left since. */
export function sellable({ onHand, allocated, shippedSince, safety }: StockFigures): number {
  return onHand - allocated - shippedSince - safety;
}
