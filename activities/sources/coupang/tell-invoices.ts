import { outcomeOf } from './box-results';
import type { Wing } from './client';
import { type Errand, numberOf } from './errand';
import type { Parcel } from './parcel';
import { isOpen } from './sheet';

/** 송장업로드 for a parcel's first number, 송장업데이트 to correct it. */
export type Call = 'invoices' | 'updateInvoices';

/** An errand that is still open. */
type Open = Errand & { readonly parcel: Parcel };

/** One call for all parcels that it is right for. */
export async function tellInvoices(wing: Wing, call: Call, errands: readonly Errand[]): Promise<Errand[]> {
  const isMeant = (errand: Errand): errand is Open =>
    errand.reply === undefined && errand.parcel !== undefined && callFor(errand.parcel) === call;
  const orderSheetInvoiceApplyDtos = errands.filter(isMeant).flatMap((errand) => rowsOf(wing, errand));
  if (orderSheetInvoiceApplyDtos.length === 0) return [...errands];
  const content = { vendorId: wing.settings.vendorId, orderSheetInvoiceApplyDtos };
  const reply = await wing.write('POST', wing.ofVendor(`/orders/${call}`), content);
  const { exchange } = reply;
  return errands.map((errand) => {
    if (!isMeant(errand)) return errand;
    return { ...errand, reply: { outcome: outcomeOf(reply, errand.parcel.shipmentBoxId), exchange } };
  });
}

function callFor({ status }: Parcel): Call {
  return isOpen(status) ? 'invoices' : 'updateInvoices';
}

/** A row for each option that is in the parcel: when one is left out, all are refused. */
function rowsOf({ settings }: Wing, { upload, parcel }: Open) {
  return parcel.orderItems
    .filter(({ cancelCount, shippingCount }) => cancelCount < shippingCount)
    .map(({ vendorItemId }) => ({
      shipmentBoxId: BigInt(parcel.shipmentBoxId),
      orderId: BigInt(parcel.orderId),
      vendorItemId: BigInt(vendorItemId),
      deliveryCompanyCode: settings.carrierCodes[upload.carrier],
      invoiceNumber: numberOf(upload),
      splitShipping: false,
      preSplitShipped: false,
      estimatedShippingDate: '',
    }));
}
