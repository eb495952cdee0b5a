import { ZodError } from 'zod';
import type { Wms } from '../../../activities/wms/wms';
import { createOne, type WmsBench } from './bench';

/** Settings, secrets and what is promised. */
export function connectContract(bench: WmsBench, wms: () => Wms): void {
  const { secret } = bench.fixture;

  it('names the setting that does not fit', () => {
    expect(() => bench.connect({ [secret]: '' })).toThrow(ZodError);
    expect(() => bench.connect({ [secret]: '' })).toThrow(secret);
    expect(() => bench.connect({ tpyo: 1 })).toThrow('tpyo');
  });

  it('says with a wrong secret that nothing was received and why, and tells no secret', async () => {
    const stranger = bench.connect({ [secret]: 'a-wrong-secret' });
    const order = bench.order();
    const reply = await createOne(stranger, order);
    expect(reply.outcome).toMatchObject({
      kind: 'not-received',
      reason: expect.stringContaining('credentials'),
    });
    expect(await bench.inLedger(order.code)).toEqual([]);
    const told = [reply, await bench.find(stranger, order.code).catch((error: Error) => error.message)];
    expect(JSON.stringify(told)).not.toMatch(/secret-of-the-test|a-wrong-secret/);
    expect(told[1]).toContain('credentials');
  });

  it('keeps no credentials in the evidence', async () => {
    const { exchange } = await createOne(wms(), bench.order());
    expect(JSON.stringify(exchange)).not.toMatch(/of-the-test|authorization|signature/i);
  });

  it('promises what the registry says', () => {
    expect(wms().capabilities).toEqual(bench.adapter.capabilities);
  });
}
