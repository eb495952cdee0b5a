import { createContext, use } from 'react';
import { isEnough, type Role } from '../../domain/role';

export interface SignedIn {
  readonly name: string;
  readonly role: Role;
}

export const SessionContext = createContext<SignedIn>({ name: '', role: 'viewer' });

export function useSession(): SignedIn {
  return use(SessionContext);
}

/** Whether who is signed in may do what a contract does. */
export function useMay(contract: { readonly role: Role | 'anyone' }): boolean {
  const { role } = useSession();
  return contract.role === 'anyone' || isEnough(role, contract.role);
}
