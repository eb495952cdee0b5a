import { parseArgs } from 'node:util';
import { explore } from './explore';
import { INVARIANTS } from './invariants';
import { CLASSES, GUARDS, type Setting, setting } from './setting';

/** `npm run model`: explores one class of WMS, and prints the shortest way to what should not be. */

const USAGE = `npm run model -- --class NAME [--without GUARD] [--time bounded|unbounded] [--one-generation]

classes  ${Object.keys(CLASSES).join(', ')}
guards   ${Object.entries(GUARDS)
  .map(([name, says]) => `${name.padEnd(14)} ${says}`)
  .join('\n         ')}
time     bounded: what is handed over arrives within the settling time after its lease's end, or never
`;

function main(args: string[]): number {
  const { values } = parseArgs({
    args,
    options: {
      class: { type: 'string' },
      without: { type: 'string' },
      time: { type: 'string', default: 'bounded' },
      'one-generation': { type: 'boolean', default: false },
    },
  });
  const { class: name, without, time } = values;
  if (!isIn(CLASSES, name) || !(without === undefined || isIn(GUARDS, without)) || !isTime(time)) {
    process.stderr.write(USAGE);
    return 2;
  }
  report(setting(name, { time, anew: !values['one-generation'], without: without ?? null }));
  return 0;
}

function report(run: Setting): void {
  const { states, counterexamples } = explore(run);
  const said = counterexamples.map(({ breaks, steps }) => {
    const broken = breaks === 'settles' ? 'an order always can come to rest' : INVARIANTS[breaks].says;
    const told = steps
      .map((step, index) => `${String(index + 1).padStart(3)}. ${step[0]?.toUpperCase()}${step.slice(1)}.\n`)
      .join('');
    return `Does not hold: ${broken}.\n${told}\n`;
  });
  const sum = `${states} states explored, ${said.length === 0 ? 'every invariant holds' : `${said.length} invariants broken`}`;
  process.stdout.write(`${said.join('')}${sum}\n`);
}

function isIn<T extends object>(known: T, name: string | undefined): name is Extract<keyof T, string> {
  return name !== undefined && Object.hasOwn(known, name);
}

function isTime(time: string): time is Setting['time'] {
  return time === 'bounded' || time === 'unbounded';
}

process.exitCode = main(process.argv.slice(2));
