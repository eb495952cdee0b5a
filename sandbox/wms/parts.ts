interface Item {
  readonly itemCode: string;
  readonly quantity: number;
}

/** An order, and what has left of it. */
interface Contents {
  readonly items: readonly Item[];
  readonly parcels: readonly { readonly items: readonly Item[] }[];
}

/** What of an order has not left yet. */
export function itemsLeft({ items, parcels }: Contents): Item[] {
  const gone = new Map<string, number>();
  for (const { itemCode, quantity } of parcels.flatMap((parcel) => parcel.items))
    gone.set(itemCode, (gone.get(itemCode) ?? 0) + quantity);
  return items.flatMap(({ itemCode, quantity }) => {
    const taken = Math.min(quantity, gone.get(itemCode) ?? 0);
    gone.set(itemCode, (gone.get(itemCode) ?? 0) - taken);
    return taken < quantity ? [{ itemCode, quantity: quantity - taken }] : [];
  });
}

/** The pieces of the next parcel, when the rest is to leave in so many. */
export function nextPart(order: Contents, parcelsToCome: number): Item[] {
  const left = itemsLeft(order);
  const pieces = left.reduce((sum, { quantity }) => sum + quantity, 0);
  let room = Math.ceil(pieces / Math.max(1, parcelsToCome));
  return left.flatMap(({ itemCode, quantity }) => {
    const taken = Math.min(room, quantity);
    room -= taken;
    return taken > 0 ? [{ itemCode, quantity: taken }] : [];
  });
}
