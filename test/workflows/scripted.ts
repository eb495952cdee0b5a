import type { WorkflowClient, WorkflowHandle, WorkflowOptions } from '@temporalio/client';
import {
  bundleWorkflowCode,
  DefaultLogger,
  type NativeConnection,
  Runtime,
  Worker,
  type WorkflowBundleWithSourceMap,
} from '@temporalio/worker';
import { type Activities, createActivities } from '../../activities';
import type { Commands } from '../../activities/commands';
import type { Deps } from '../../activities/deps';
import { journeyId } from '../../domain/order-key';
import type { Standing } from '../../domain/stage';
import type { processOrder } from '../../workflows/process-order';

type Name = keyof Activities;
type Play = { [N in Name]?: (...args: Parameters<Activities[N]>) => unknown };

export interface ScriptedJourney {
  readonly handle: WorkflowHandle<typeof processOrder>;
  readonly script: Script;
}

/** The activities as a test has them, by the order (source, WMS) that they are called for. */
export class Script {
  /** What was called, in order. */
  readonly calls: Name[] = [];

  constructor(readonly play: Play) {}

  /** Replaces what some of them do from now on. */
  now(play: Play): void {
    Object.assign(this.play, play);
  }

  count(name: Name): number {
    return this.calls.filter((call) => call === name).length;
  }
}

const NAMES = Object.keys(createActivities({} as Deps, {} as Commands)) as Name[];

// Activities fail on purpose here, and the SDK would tell of each.
Runtime.install({
  logger: new DefaultLogger('ERROR'),
  telemetryOptions: { logging: { forward: {}, filter: 'ERROR' } },
});

/** Workflows as they are, with activities that are plain functions. */
export class ScriptedWorker {
  readonly #scripts = new Map<string, Script>();
  readonly #worker: Worker;
  readonly #running: Promise<void>;

  private constructor(
    worker: Worker,
    scripts: Map<string, Script>,
    private readonly client: WorkflowClient,
    readonly taskQueue: string,
    /** What the worker runs. */
    readonly workflowBundle: WorkflowBundleWithSourceMap,
  ) {
    this.#worker = worker;
    this.#scripts = scripts;
    this.#running = worker.run();
  }

  static async start(
    connection: NativeConnection,
    client: WorkflowClient,
    taskQueue: string,
    namespace = 'default',
  ): Promise<ScriptedWorker> {
    const scripts = new Map<string, Script>();
    const activity =
      (name: Name) =>
      async (about: string, ...args: unknown[]) => {
        const script = scripts.get(about);
        const play = script?.play[name] as ((...args: unknown[]) => unknown) | undefined;
        if (script === undefined || play === undefined)
          throw new Error(`${name} of ${about} is not in the script`);
        script.calls.push(name);
        return play(about, ...args);
      };
    const workflowBundle = await bundleWorkflowCode({
      workflowsPath: require.resolve('../../workflows'),
      logger: quiet,
    });
    const worker = await Worker.create({
      connection,
      namespace,
      taskQueue,
      identity: 'scripted',
      workflowBundle,
      activities: Object.fromEntries(NAMES.map((name) => [name, activity(name)])),
    });
    return new ScriptedWorker(worker, scripts, client, taskQueue, workflowBundle);
  }

  /** What is called for this order, source or WMS. */
  script(about: string, play: Play): Script {
    const script = new Script(play);
    this.#scripts.set(about, script);
    return script;
  }

  /** An order's journey, which goes well unless the script says otherwise. */
  async journey(
    orderKey: string,
    play: Play = {},
    options: Pick<WorkflowOptions, 'workflowTaskTimeout'> = {},
  ): Promise<ScriptedJourney> {
    const script = this.script(orderKey, { ...smooth(), ...play });
    const handle = await this.client.start<typeof processOrder>('processOrder', {
      ...options,
      args: [orderKey],
      workflowId: journeyId(orderKey),
      taskQueue: this.taskQueue,
    });
    return { handle, script };
  }

  async stop(): Promise<void> {
    this.#worker.shutdown();
    await this.#running;
  }
}

const silent = () => undefined;
/** A logger for bundling, which is of interest only when it fails. */
export const quiet = {
  log: silent,
  trace: silent,
  debug: silent,
  info: silent,
  warn: (message: string) => process.stderr.write(`${message}\n`),
  error: (message: string) => process.stderr.write(`${message}\n`),
};

export const AWAITED: Standing = { stage: 'dispatched', waiting: 'shipment' };

/** Everything goes well; the parcel leaves after the first look for it. */
export function smooth(): Play {
  let sales = 0;
  return {
    normalizeOrder: () => ({ stage: 'normalized' }),
    matchOrder: () => ({ stage: 'matched' }),
    tryDispatchOrder: () => AWAITED,
    recordSale: () => {
      sales += 1;
      return sales === 1 ? { stage: 'booked' } : AWAITED;
    },
    tryUploadTracking: () => ({ stage: 'done' }),
  };
}

/** Something that a test holds back until it lets it go on. */
export class Latch {
  readonly reached: Promise<void>;
  #reach: () => void = () => {};
  #open: () => void = () => {};
  readonly #opened: Promise<void>;

  constructor() {
    this.reached = new Promise((resolve) => {
      this.#reach = resolve;
    });
    this.#opened = new Promise((resolve) => {
      this.#open = resolve;
    });
  }

  async wait(): Promise<void> {
    this.#reach();
    await this.#opened;
  }

  open(): void {
    this.#open();
  }
}
