/** 택배사: our names of the carriers; each adapter maps them to the codes of its system. */
export const CARRIERS = ['cj', 'hanjin', 'lotte', 'logen', 'post'] as const;

export type Carrier = (typeof CARRIERS)[number];

/** Who carries a parcel: one that we know, or the WMS's own word for one that we do not. */
export type ParcelCarrier = Carrier | { readonly other: string };
