/** 택배사: our names of the carriers; each adapter maps them to the codes of its system. */
export const CARRIERS = ['cj', 'hanjin', 'lotte', 'logen', 'post'] as const;

export type Carrier = (typeof CARRIERS)[number];
