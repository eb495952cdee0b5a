import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import type { Random } from '../../../sandbox/generator/random';
import type { FaultInput, FaultKind } from '../../../sandbox/stand-in/faults';
import type { Fate } from '../../support/tcp-proxy';
import type { World } from '../world';
import type { Fault } from './fault';

/** Most often it was acted on, and nobody hears of it. */
const KINDS: readonly FaultKind[] = [
  'timeout-after',
  'reset-after',
  '5xx-after',
  'broken-body',
  'timeout-before',
  'reset-before',
];
/** One request that arrives twice is two orders where nothing is promised: no sender can help that. */
const KINDS_WHERE_PROMISED: readonly FaultKind[] = [...KINDS, 'duplicate-delivery'];
const FATES: readonly Fate[] = ['lose-the-answer', 'lose-the-answer', 'never-arrives'];

const LOOK_EVERY_MS = 250;
const AT_MOST_MS = 10_000;

/** Answers get lost: of calls to the outside, or of MySQL to COMMITs. */
export const loseResponses: Fault = {
  kind: 'lose-responses',
  inject: (world, random) => (random.chance(0.7) ? ofTheOutside(world, random) : ofCommits(world, random)),
};

async function ofTheOutside(world: World, random: Random): Promise<string> {
  const isOfWms = random.chance(0.8);
  const line = random.pick(
    world.outside.filter(({ standIn }) => isOfWms === world.wmses.some((wms) => wms.standIn === standIn)),
  );
  const kinds = isPromised(world, line) ? KINDS_WHERE_PROMISED : KINDS;
  const faults: FaultInput[] = [
    { endpoint: '*', kind: random.pick(kinds), probability: 0.6 },
    { endpoint: '*', kind: random.pick(kinds), probability: 0.3 },
  ];
  const ms = random.between(3_000, 6_000);
  return line.turns.take(async () => {
    const before = await creationsStruck(world, line);
    await world.admin(line.standIn, 'PUT', '/faults', { seed: random.between(1, 1_000_000), faults });
    const began = performance.now();
    await sleep(ms);
    while (
      isOfWms &&
      (await creationsStruck(world, line)) === before &&
      performance.now() - began < AT_MOST_MS
    )
      await sleep(LOOK_EVERY_MS);
    await world.admin(line.standIn, 'DELETE', '/faults');
    const took = Math.round(performance.now() - began);
    return `${line.name}: ${faults.map(({ kind }) => kind).join(', ')} for ${took} ms`;
  });
}

const callsSchema = z.record(z.string(), z.object({ faults: z.record(z.string(), z.int()) }));

/** It is these that matter: where none has come along, the fault goes on a little. */
async function creationsStruck(world: World, { standIn }: World['outside'][number]): Promise<number> {
  const calls = callsSchema.parse(await world.admin(standIn, 'GET', '/calls'));
  return Object.values(calls['create']?.faults ?? {}).reduce((sum, count) => sum + count, 0);
}

/** A source takes the same call again, too. */
function isPromised({ wmses }: World, line: World['outside'][number]): boolean {
  return wmses.find(({ standIn }) => standIn === line.standIn)?.hasPromised ?? true;
}

async function ofCommits({ seats }: World, random: Random): Promise<string> {
  const seat = random.pick(seats);
  const fates = Array.from({ length: random.between(3, 12) }, () => random.pick(FATES));
  return seat.lineTurns.take(async () => {
    const before = seat.toMysql.struck;
    seat.toMysql.fateOfCommits(...fates);
    await sleep(3_000);
    seat.toMysql.fateOfCommits();
    return `${seat.toMysql.struck - before} COMMITs of ${seat.name}`;
  });
}
