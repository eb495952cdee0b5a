/** What a person may do, each role all that those before it may. */
export const ROLES = ['viewer', 'operator', 'manager', 'administrator'] as const;
export type Role = (typeof ROLES)[number];

/** Whether a role is enough where another one is asked for. */
export function isEnough(role: Role, needed: Role): boolean {
  return ROLES.indexOf(role) >= ROLES.indexOf(needed);
}
