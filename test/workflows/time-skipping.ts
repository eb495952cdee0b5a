import { TestWorkflowEnvironment } from '@temporalio/testing';
import { SEARCH_ATTRIBUTES } from '../../workflows/names';
import { given } from '../support/database';

const TRIES = 15;

/** Temporal's numbers of the kinds. */
const KINDS = { Keyword: 2, Datetime: 6 } as const;

const searchAttributes = Object.fromEntries(
  Object.entries(SEARCH_ATTRIBUTES).map(([name, kind]) => [name, KINDS[kind]]),
);

/** The SDK gives a server five seconds to start, which a busy machine may not keep. */
export async function patiently(
  start: () => Promise<TestWorkflowEnvironment>,
): Promise<TestWorkflowEnvironment> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await start();
    } catch (error) {
      if (attempt === TRIES) throw error;
    }
  }
}

export async function startTimeSkipping(): Promise<TestWorkflowEnvironment> {
  const path = given('BOOSTA_TEST_TIME_SKIPPING');
  const executable = { type: 'existing-path', path } as const;
  const env = await patiently(() => TestWorkflowEnvironment.createTimeSkipping({ server: { executable } }));
  await env.connection.operatorService.addSearchAttributes({ namespace: 'default', searchAttributes });
  return env;
}
