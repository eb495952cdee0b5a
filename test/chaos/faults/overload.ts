import type { Fault } from './fault';

/** Far more orders at once than can be handled. */
export const overload: Fault = {
  kind: 'overload',
  inject: async (_world, _random, burst) => `${await burst()} orders at once`,
};
