import {
  index,
  int,
  json,
  mediumtext,
  mysqlEnum,
  mysqlTable,
  primaryKey,
  uniqueIndex,
  varchar,
} from 'drizzle-orm/mysql-core';
import { ROLES } from '../../domain/role';
import { ascii, code, rowId, utc } from './columns';

const sha256 = (name: string) => ascii(name, { length: 64 });

/** Who may sign in. */
export const user = mysqlTable('user', {
  name: code('name').primaryKey(),
  role: mysqlEnum('role', ROLES).notNull(),
  /** bcrypt. */
  passwordHash: ascii('password_hash', { length: 60 }).notNull(),
  email: varchar('email', { length: 200 }),
  createdAt: utc('created_at').notNull(),
  lastSeenAt: utc('last_seen_at'),
  /** Set: signs in no more, and what was signed in is out. */
  disabledAt: utc('disabled_at'),
  version: int('version').notNull().default(1),
});

/** A browser that is signed in. Its id is a secret, and only its hash is kept. */
export const webSession = mysqlTable(
  'web_session',
  {
    idHash: sha256('id_hash').primaryKey(),
    /** Null until someone has signed in. */
    userName: code('user_name'),
    content: json('content').$type<Record<string, unknown>>().notNull(),
    endsAt: utc('ends_at').notNull(),
  },
  (t) => [index('web_session_user').on(t.userName), index('web_session_ends').on(t.endsAt)],
);

/** Lets a program in, with a role of its own. Shown once; only its hash is kept. */
export const apiToken = mysqlTable(
  'api_token',
  {
    id: rowId('id').autoincrement().primaryKey(),
    name: code('name').notNull(),
    tokenHash: sha256('token_hash').notNull(),
    role: mysqlEnum('role', ROLES).notNull(),
    madeBy: code('made_by').notNull(),
    madeAt: utc('made_at').notNull(),
    lastUsedAt: utc('last_used_at'),
    revokedAt: utc('revoked_at'),
  },
  (t) => [uniqueIndex('api_token_hash').on(t.tokenHash)],
);

/** A write with an Idempotency-Key, and what it was answered: sent again, it is answered the same. */
export const idempotentRequest = mysqlTable(
  'idempotent_request',
  {
    caller: varchar('caller', { length: 100 }).notNull(),
    key: ascii('idempotency_key', { length: 200 }).notNull(),
    requestHash: sha256('request_hash').notNull(),
    /** Null while it is being answered. */
    status: int('status'),
    /** Null also of an answer that is given once. */
    response: mediumtext('response'),
    madeAt: utc('made_at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.caller, t.key] }), index('idempotent_request_made').on(t.madeAt)],
);

/** Secrets that all processes of one installation share, each made once. */
export const serverSecret = mysqlTable('server_secret', {
  name: code('name').primaryKey(),
  secret: ascii('secret', { length: 100 }).notNull(),
});
