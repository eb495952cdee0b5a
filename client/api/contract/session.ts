import { z } from 'zod';
import { ROLES } from '../../../domain/role';
import { contract } from './route';
import { code, nothing } from './values';

const signedIn = z.object({
  name: z.string(),
  role: z.enum(ROLES),
  /** Goes with every write of a browser, as the header x-csrf-token. */
  csrfToken: z.string(),
});

export const password = z.string().min(12, 'twelve characters at least').max(72);

export const signIn = contract({
  method: 'POST',
  path: '/api/session',
  summary: 'Sign in',
  role: 'anyone',
  perMinute: 20,
  body: z.object({ name: code, password: z.string().min(1).max(72) }),
  response: signedIn,
});

export const readSession = contract({
  method: 'GET',
  path: '/api/session',
  summary: 'Who is signed in',
  role: 'viewer',
  response: signedIn,
});

export const signOut = contract({
  method: 'DELETE',
  path: '/api/session',
  summary: 'Sign out',
  role: 'viewer',
  response: nothing,
});

export const changePassword = contract({
  method: 'PUT',
  path: '/api/session/password',
  summary: 'Change your own password; other browsers are signed out',
  role: 'viewer',
  body: z.object({ current: z.string().min(1).max(72), next: password }),
  response: nothing,
});
