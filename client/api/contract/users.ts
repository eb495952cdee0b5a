import { z } from 'zod';
import { ROLES } from '../../../domain/role';
import { contract } from './route';
import { code, nothing, reason, rowId, time } from './values';

const role = z.enum(ROLES);
const email = z.email().max(200).nullable();
const userParams = z.object({ name: code });
const shownOnce = z.object({ password: z.string() });

export const listUsers = contract({
  method: 'GET',
  path: '/api/users',
  summary: 'Who may sign in',
  role: 'administrator',
  response: z.object({
    users: z.array(
      z.object({
        name: z.string(),
        role,
        email: z.string().nullable(),
        createdAt: time,
        lastSeenAt: time.nullable(),
        disabled: z.boolean(),
        version: z.number().int(),
      }),
    ),
  }),
});

export const inviteUser = contract({
  method: 'POST',
  path: '/api/users',
  summary: 'Let somebody in; the answer has the password to begin with, once',
  role: 'administrator',
  answersOnce: true,
  body: z.object({ name: code, role, email, reason }),
  response: shownOnce,
});

export const editUser = contract({
  method: 'PUT',
  path: '/api/users/:name',
  summary: 'Change a role or an address, or let somebody in no more',
  role: 'administrator',
  params: userParams,
  body: z.object({ version: z.number().int(), role, email, disabled: z.boolean(), reason }),
  response: nothing,
});

export const resetPassword = contract({
  method: 'POST',
  path: '/api/users/:name/password',
  summary: 'Give somebody a new password, who is signed out everywhere',
  role: 'administrator',
  answersOnce: true,
  params: userParams,
  body: z.object({ reason }),
  response: shownOnce,
});

export const listTokens = contract({
  method: 'GET',
  path: '/api/tokens',
  summary: 'Tokens of programs',
  role: 'administrator',
  response: z.object({
    tokens: z.array(
      z.object({
        id: z.number().int(),
        name: z.string(),
        role,
        madeBy: z.string(),
        madeAt: time,
        lastUsedAt: time.nullable(),
        revokedAt: time.nullable(),
      }),
    ),
  }),
});

export const makeToken = contract({
  method: 'POST',
  path: '/api/tokens',
  summary: 'Make a token for a program; the answer has it, once',
  role: 'administrator',
  answersOnce: true,
  body: z.object({ name: code, role, reason }),
  response: z.object({ id: z.number().int(), token: z.string() }),
});

export const endToken = contract({
  method: 'POST',
  path: '/api/tokens/:id/revoke',
  summary: 'Revoke a token',
  role: 'administrator',
  params: z.object({ id: rowId }),
  body: z.object({ reason }),
  response: nothing,
});
