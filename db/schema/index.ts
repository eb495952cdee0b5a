export * from './catalogue';
export * from './collection';
export * from './connections';
export * from './dispatches';
export * from './orders';
export * from './returns';
export * from './shipments';
export * from './tasks';
