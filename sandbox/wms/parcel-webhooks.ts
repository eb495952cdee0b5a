import { Webhooks, type WebhooksOptions } from '../stand-in/webhooks';
import type { Parcel, Warehouse } from './warehouse';

const SHIPPING_EVERY_MS = 200;

export interface ParcelWebhooksOptions extends WebhooksOptions {
  readonly toBody: (parcel: Parcel) => unknown;
}

/** Tells of each parcel that leaves a warehouse. @returns how to stop it. */
export function tellOfParcels(warehouse: Warehouse, options: ParcelWebhooksOptions): () => void {
  const webhooks = new Webhooks(options);
  warehouse.onParcel = (parcel) => webhooks.send(options.toBody(parcel));
  // Who waits to be told does not ask.
  const shipping = setInterval(() => {
    if (options.url() !== null) warehouse.shipDue();
  }, SHIPPING_EVERY_MS).unref();
  return () => {
    clearInterval(shipping);
    webhooks.stop();
  };
}
