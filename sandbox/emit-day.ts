import { type Addresses, SOURCE_CHANNELS, SOURCE_STAND_INS, type SourceStandIn } from './stand-ins';

/** A day of orders, from all sources together. */
export interface SandboxDay {
  readonly seed: number;
  readonly orders: number;
  /** How long it takes for them all to come in. */
  readonly overSeconds: number;
}

/** What each source has of the day's orders: as many channels, as many parts. */
export function sharesOf(orders: number): { source: SourceStandIn; orders: number }[] {
  const channels = SOURCE_STAND_INS.map((source) => SOURCE_CHANNELS[source].length);
  const all = channels.reduce((sum, count) => sum + count, 0);
  let given = 0;
  let before = 0;
  return SOURCE_STAND_INS.map((source, index) => {
    before += channels[index] ?? 0;
    const upTo = Math.round((orders * before) / all);
    const share = upTo - given;
    given = upTo;
    return { source, orders: share };
  });
}

/** Has every source offer its part of the day. The same seed gives the same orders. */
export async function emitDay(
  addresses: Addresses,
  { seed, orders, overSeconds }: SandboxDay,
): Promise<void> {
  for (const share of sharesOf(orders)) {
    const day = { seed, orders: share.orders, overSeconds, channels: SOURCE_CHANNELS[share.source] };
    await command(`${addresses[share.source].adminUrl}/admin/days`, 'POST', day);
  }
}

/** @throws Error with the stand-in's answer. */
export async function command(url: string, method: string, body: unknown): Promise<void> {
  const headers = { 'content-type': 'application/json' };
  const response = await fetch(url, { method, headers, body: JSON.stringify(body) });
  if (!response.ok) throw new Error(`The sandbox refused ${url}: ${await response.text()}`);
}
