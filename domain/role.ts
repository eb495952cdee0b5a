/** What a person may do, each role all that those before it may. */
export const ROLES = ['viewer', 'operator', 'manager', 'administrator'] as const;
export type Role = (typeof ROLES)[number];

/** From this role on, people keep things for all, too. */
export const KEEPS_FOR_ALL: Role = 'manager';

/** From this role on, people say what deals stand for. */
export const MAY_DECIDE_DEALS: Role = 'operator';

/** Whether a role is enough where another one is asked for. */
export function isEnough(role: Role, needed: Role): boolean {
  return ROLES.indexOf(role) >= ROLES.indexOf(needed);
}
