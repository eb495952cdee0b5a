/** From a moment on, this is where such orders go; an empty channel or item means any. */
export interface Route {
  readonly channel: string;
  readonly itemCode: string;
  readonly wms: string;
  readonly validFrom: Date;
}

/** Of each kind of orders the route that counts at a moment, and all those that begin later. */
export function routesAt<R extends Route>(routes: readonly R[], at: Date): { inForce: R[]; later: R[] } {
  const inForce = new Map<string, R>();
  for (const route of routes.toSorted((a, b) => a.validFrom.getTime() - b.validFrom.getTime())) {
    if (route.validFrom <= at) inForce.set(`${route.channel}\n${route.itemCode}`, route);
  }
  return { inForce: [...inForce.values()], later: routes.filter((route) => route.validFrom > at) };
}

/**
 * What a cut-over has to replace: of each kind of orders the route in force at that moment, where it leads
 * to the WMS that is left. `later`: routes that will lead there again afterwards, as somebody once set them.
 */
export function routesToReplace(
  routes: readonly Route[],
  from: string,
  at: Date,
): { inForce: Route[]; later: Route[] } {
  const { inForce, later } = routesAt(routes, at);
  const leadsThere = ({ wms }: Route) => wms === from;
  return { inForce: inForce.filter(leadsThere), later: later.filter(leadsThere) };
}

/** A line of a dispatch, and where the routing sends each of its items; null: nowhere. */
export interface RoutedLine {
  readonly lineKey: string;
  readonly quantity: number;
  readonly items: readonly { readonly itemCode: string; readonly wms: string | null }[];
}

export type Destination =
  | { readonly kind: 'one'; readonly wms: string }
  | { readonly kind: 'several'; readonly parts: ReadonlyMap<string, RoutedLine[]> }
  | { readonly kind: 'none'; readonly why: string };

/** Where a dispatch goes: to one WMS, in parts to several, or nowhere, for a line is never torn apart. */
export function destinationOf(lines: readonly RoutedLine[]): Destination {
  const parts = new Map<string, RoutedLine[]>();
  for (const line of lines) {
    const lost = line.items.find(({ wms }) => wms === null);
    if (lost !== undefined)
      return { kind: 'none', why: `No WMS is routed for item ${lost.itemCode} of this channel` };
    const [wms = '', ...others] = new Set(line.items.map((item) => item.wms ?? ''));
    if (others.length > 0) {
      const where = line.items.map((item) => `${item.itemCode} → ${item.wms}`).join(', ');
      return { kind: 'none', why: `One line holds items of several WMSes (${where}): route them to one` };
    }
    parts.set(wms, [...(parts.get(wms) ?? []), line]);
  }
  const [only = ''] = parts.keys();
  return parts.size > 1 ? { kind: 'several', parts } : { kind: 'one', wms: only };
}
