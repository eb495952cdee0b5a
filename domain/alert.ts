/** How people are told of new tasks. */
export const ALERT_WAYS = ['webhook', 'slack', 'email'] as const;
export type AlertWay = (typeof ALERT_WAYS)[number];
