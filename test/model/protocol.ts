import { peopleSteps } from './people';
import type { Step } from './record';
import { senderSteps } from './senders';
import type { Setting } from './setting';
import { warehouseSteps } from './warehouse';
import type { World } from './world';

/** All that can happen next. */
export function* steps(world: World, setting: Setting): Generator<Step> {
  yield* senderSteps(world, setting);
  yield* warehouseSteps(world, setting);
  yield* peopleSteps(world, setting);
}
