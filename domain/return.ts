import { amountOfUnits } from './sale';

/** What a parcel held of an item of a line, what it is booked for, and what has come back of it. */
export interface SoldPieces {
  readonly shipmentId: number;
  readonly lineKey: string;
  readonly itemCode: string;
  readonly pieces: number;
  readonly returned: number;
  /** KRW: the sale less its discount. */
  readonly amount: bigint;
}

/** Pieces of an item of a line. */
export interface ReturnedPieces {
  readonly lineKey: string;
  readonly itemCode: string;
  readonly pieces: number;
}

/** A part of a return that came out of one parcel, and what its sale is reversed by. */
export interface Reversal extends ReturnedPieces {
  readonly shipmentId: number;
  /** KRW; what is taken out of the sales is negative. */
  readonly amount: bigint;
}

/** More than what has shipped and not come back. */
export interface TooMany extends ReturnedPieces {
  /** So many pieces could still come back. */
  readonly left: number;
}

/**
 * Takes returned pieces out of the parcels they left in, the oldest first. However the pieces of a parcel
 * come back, the reversals of all of them add up to what it is booked for.
 */
export function planReturn(
  asked: readonly ReturnedPieces[],
  sold: readonly SoldPieces[],
): { reversals: Reversal[]; tooMany: TooMany[] } {
  const reversals: Reversal[] = [];
  const tooMany: TooMany[] = [];
  for (const { lineKey, itemCode, pieces } of asked) {
    const parcels = sold
      .filter((parcel) => parcel.lineKey === lineKey && parcel.itemCode === itemCode)
      .toSorted((a, b) => a.shipmentId - b.shipmentId);
    let rest = pieces;
    for (const parcel of parcels) {
      const taken = Math.min(rest, parcel.pieces - parcel.returned);
      if (taken <= 0) continue;
      rest -= taken;
      const amount = -amountOfUnits(parcel.amount, parcel.pieces, parcel.returned, taken);
      reversals.push({ shipmentId: parcel.shipmentId, lineKey, itemCode, pieces: taken, amount });
    }
    if (rest > 0) tooMany.push({ lineKey, itemCode, pieces, left: pieces - rest });
  }
  return { reversals, tooMany };
}
