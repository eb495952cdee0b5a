export { bulkAction } from './bulk-action';
export { collectOrders } from './collect-orders';
export { processOrder } from './process-order';
export { reconcileWms } from './reconcile-wms';
export { sweep } from './sweep';
export { syncStock } from './sync-stock';
export { tellSource } from './tell-source';
export { watchShipments } from './watch-shipments';
