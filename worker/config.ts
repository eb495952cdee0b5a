import { existsSync, readFileSync } from 'node:fs';
import { loadClientConnectConfig } from '@temporalio/envconfig';
import { z } from 'zod';
import type { AlertSettings } from '../activities/alerts/settings';

const port = (otherwise: number) => z.coerce.number().int().min(0).max(65_535).default(otherwise);

const environment = z.object({
  DATABASE_URL: z
    .url({ protocol: /^mysql$/, error: 'must look like mysql://user:password@host:3306/boosta' })
    .default('mysql://boosta:boosta@127.0.0.1:3306/boosta'),
  /** Of 32 bytes in base64; several by commas, of which the first seals. */
  BOOSTA_SECRET_KEY: z.string().optional(),
  /** Where it stands, unless the variable above has it; npm start makes this one. */
  BOOSTA_SECRET_KEY_FILE: z.string().default('.boosta/secret.key'),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
  /** Prometheus; 0 switches it off. */
  BOOSTA_METRICS_PORT: port(9464),
  /** Loopback, unless told otherwise. */
  BOOSTA_METRICS_HOST: z.string().min(1).default('127.0.0.1'),
  /** 0: any free one. */
  BOOSTA_API_PORT: port(8400),
  /** Loopback, unless told otherwise. */
  BOOSTA_API_HOST: z.string().min(1).default('127.0.0.1'),
  /** Of Temporal's Web UI, for links into it. */
  BOOSTA_TEMPORAL_UI_URL: z.url().optional(),
  /** Of the console, for links in what people are told; unset: the API's port on this machine. */
  BOOSTA_CONSOLE_URL: z.url({ protocol: /^https?$/ }).optional(),
  /** Of the mail server, with its user and password. */
  BOOSTA_SMTP_URL: z
    .url({ protocol: /^smtps?$/, error: 'must look like smtp://user:password@host:587' })
    .optional(),
  /** Whom our mail is from. */
  BOOSTA_MAIL_FROM: z.string().min(3).optional(),
  BOOSTA_LEASE_SECONDS: z.coerce.number().int().min(5).max(600).default(30),
  OTEL_EXPORTER_OTLP_ENDPOINT: z.url().optional(),
});

/** An environment variable does not fit; the message names it. */
export class BadConfiguration extends Error {
  override readonly name = 'BadConfiguration';
}

export interface Config {
  readonly databaseUrl: string;
  readonly secretKeys: readonly Buffer[];
  readonly logLevel: string;
  /** 0: no metrics. */
  readonly metricsPort: number;
  readonly metricsHost: string;
  readonly api: { readonly host: string; readonly port: number };
  readonly leaseMs: number;
  readonly alerts: AlertSettings;
  readonly temporalUi: string | undefined;
  readonly otlpEndpoint: string | undefined;
  readonly temporal: { readonly connectionOptions: object; readonly namespace: string };
}

/**
 * What the environment says. Temporal's own variables (TEMPORAL_ADDRESS, TEMPORAL_NAMESPACE,
 * TEMPORAL_API_KEY, TEMPORAL_TLS_*, TEMPORAL_PROFILE) are read by Temporal's own library.
 *
 * @throws BadConfiguration naming the variable.
 */
export function readConfig(env: NodeJS.ProcessEnv = process.env): Config {
  // An empty variable is one that is not set.
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''));
  const parsed = environment.safeParse(given);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw new BadConfiguration(`${issue?.path.join('.')}: ${issue?.message}`);
  }
  const { data } = parsed;
  return {
    databaseUrl: data.DATABASE_URL,
    secretKeys: secretKeys(data.BOOSTA_SECRET_KEY ?? contentOf(data.BOOSTA_SECRET_KEY_FILE)),
    logLevel: data.LOG_LEVEL,
    metricsPort: data.BOOSTA_METRICS_PORT,
    metricsHost: data.BOOSTA_METRICS_HOST,
    api: { host: data.BOOSTA_API_HOST, port: data.BOOSTA_API_PORT },
    leaseMs: data.BOOSTA_LEASE_SECONDS * 1000,
    alerts: alertSettings(data),
    temporalUi: data.BOOSTA_TEMPORAL_UI_URL,
    otlpEndpoint: data.OTEL_EXPORTER_OTLP_ENDPOINT,
    temporal: temporalConfig(given),
  };
}

/** The API's, where it is told to take any free port. */
const USUAL_PORT = 8400;

function alertSettings(data: z.output<typeof environment>): AlertSettings {
  const { BOOSTA_SMTP_URL: smtpUrl, BOOSTA_MAIL_FROM: from, BOOSTA_API_PORT: apiPort } = data;
  if (smtpUrl !== undefined && from === undefined)
    throw new BadConfiguration('BOOSTA_MAIL_FROM: must be set, since BOOSTA_SMTP_URL is');
  const consoleUrl = data.BOOSTA_CONSOLE_URL ?? `http://127.0.0.1:${apiPort || USUAL_PORT}`;
  return {
    consoleUrl: consoleUrl.replace(/\/+$/u, ''),
    mail: smtpUrl === undefined || from === undefined ? undefined : { smtpUrl, from },
  };
}

const KEY_BYTES = 32;

function secretKeys(text: string): Buffer[] {
  const keys = text
    .split(',')
    .map((key) => key.trim())
    .filter((key) => key !== '')
    .map((key) => Buffer.from(key, 'base64'));
  if (keys.some((key) => key.length !== KEY_BYTES))
    throw new BadConfiguration(
      'BOOSTA_SECRET_KEY: must be 32 bytes in base64, as openssl rand -base64 32 makes them',
    );
  return keys;
}

/** Empty where there is no such file. */
function contentOf(file: string): string {
  return existsSync(file) ? readFileSync(file, 'utf8') : '';
}

function temporalConfig(env: Record<string, string | undefined>): Config['temporal'] {
  try {
    const { connectionOptions, namespace } = loadClientConnectConfig({
      overrideEnvVars: Object.fromEntries(
        Object.entries(env).flatMap(([k, v]) => (v === undefined ? [] : [[k, v]])),
      ),
    });
    return { connectionOptions, namespace: namespace ?? 'default' };
  } catch (error) {
    throw new BadConfiguration(`TEMPORAL_*: ${error instanceof Error ? error.message : String(error)}`);
  }
}
