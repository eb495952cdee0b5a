import { z } from 'zod';
import { startStandIns } from './stand-ins';

const environment = z.object({
  BOOSTA_SANDBOX_DATA: z.string().min(1),
  BOOSTA_SANDBOX_PORT: z.coerce.number().int().min(0).max(65_500).default(8300),
  BOOSTA_SANDBOX_SHIP_AFTER_MS: z.coerce.number().int().min(0).default(3_000),
});

/** The outside world, in a process of its own: the stand-ins of hub and WMSes. Tells its parent where. */
async function main(): Promise<void> {
  const env = environment.parse(process.env);
  const standIns = await startStandIns({
    dataDir: env.BOOSTA_SANDBOX_DATA,
    firstPort: env.BOOSTA_SANDBOX_PORT,
    shipAfterMs: env.BOOSTA_SANDBOX_SHIP_AFTER_MS,
  });
  process.send?.(standIns.addresses);
  await new Promise((resolve) => {
    process.once('SIGTERM', resolve);
    // Whoever started it is gone.
    process.once('disconnect', resolve);
  });
  await standIns.stop();
  process.exit(0);
}

main().catch((error: unknown) => {
  process.stderr.write(`sandbox: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
});
