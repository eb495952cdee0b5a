/** In what a deal as it was decided and as its channel offers it now can differ. */
export const DIFFERENCES = ['deal', 'option', 'price'] as const;
export type Difference = (typeof DIFFERENCES)[number];
