import type { Reply, TrackingUpload } from '../source';
import type { HubApi } from './api';
import { writeRows } from './write-rows';

/**
 * Registers tracking numbers, all parcels in one call. forceUpdateYn is always Y: with N the hub takes a number only
 * once, so that neither a repeated upload nor a corrected number would get through.
 */
export async function uploadTracking(api: HubApi, uploads: readonly TrackingUpload[]): Promise<Reply[]> {
  const { carrierCodes } = api.settings;
  const told = uploads.map(({ recordIds, carrier, trackingNumber }) => ({
    recordIds,
    rows: recordIds.map((id) => ({
      sbOrderNo: id,
      deliveryCompanyCode: carrierCodes[carrier],
      wayBillNo: trackingNumber.replace(/[\s-]/g, ''),
      hopeDeliveryDate: '',
    })),
  }));
  return writeRows(api, 'waybill', told, (waybillList) => ({ forceUpdateYn: 'Y', waybillList }));
}
