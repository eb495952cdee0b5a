import { randomBytes } from 'node:crypto';
import { Client } from '@temporalio/client';
import { msToTs } from '@temporalio/common/lib/time';
import { NativeConnection } from '@temporalio/worker';
import { registerSearchAttributes } from '../../sandbox/servers/search-attributes';
import { SEARCH_ATTRIBUTES } from '../../workflows/names';
import { given } from './database';

/** Where a process finds it. */
export interface TemporalAt {
  readonly address: string;
  readonly namespace: string;
}

export interface FreshTemporal {
  readonly at: TemporalAt;
  readonly connection: NativeConnection;
  readonly client: Client;
  /** For a process that is to use this namespace. */
  readonly env: { readonly TEMPORAL_ADDRESS: string; readonly TEMPORAL_NAMESPACE: string };
  close(): Promise<void>;
}

/**
 * A namespace of its own on the real Temporal. The sandbox gives the same orders at every start, so that without it
 * two test files at one time would have the same journeys.
 */
export async function freshTemporal(): Promise<FreshTemporal> {
  const address = given('BOOSTA_TEST_TEMPORAL');
  const namespace = `test-${randomBytes(6).toString('hex')}`;
  const connection = await NativeConnection.connect({ address });
  await connection.workflowService.registerNamespace({
    namespace,
    workflowExecutionRetentionPeriod: msToTs('1 day'),
  });
  await registerSearchAttributes(connection, namespace, SEARCH_ATTRIBUTES, () => undefined);
  return {
    at: { address, namespace },
    connection,
    client: new Client({ connection, namespace }),
    env: { TEMPORAL_ADDRESS: address, TEMPORAL_NAMESPACE: namespace },
    close: () => connection.close(),
  };
}
