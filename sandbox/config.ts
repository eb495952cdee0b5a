import { z } from 'zod';
import { BadConfiguration } from '../worker/config';

const port = (otherwise: number) => z.coerce.number().int().min(0).max(65_500).default(otherwise);

const environment = z.object({
  BOOSTA_DATA_DIR: z.string().default('.boosta'),
  BOOSTA_MYSQL_PORT: port(3306),
  BOOSTA_TEMPORAL_PORT: port(7233),
  BOOSTA_TEMPORAL_UI_PORT: port(8233),
  BOOSTA_SANDBOX_PORT: port(8300),
  BOOSTA_SANDBOX_SHIP_AFTER_MS: z.coerce.number().int().min(0).optional(),
  DATABASE_URL: z.string().optional(),
  TEMPORAL_ADDRESS: z.string().optional(),
  TEMPORAL_NAMESPACE: z.string().default('default'),
});

export type SandboxConfig = z.output<typeof environment>;

/** @throws BadConfiguration naming the variable. */
export function readSandboxConfig(env: NodeJS.ProcessEnv = process.env): SandboxConfig {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''));
  const parsed = environment.safeParse(given);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new BadConfiguration(`${issue?.path.join('.')}: ${issue?.message}`);
}
