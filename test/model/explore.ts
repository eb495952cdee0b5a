import { INVARIANTS, type Invariant, type InvariantName, isSettled } from './invariants';
import { steps } from './protocol';
import type { Step } from './record';
import type { Setting } from './setting';
import { BEGINNING, keyOf, type World } from './world';

/** What is explored: where it begins, all that can happen next, and what must hold wherever it comes to. */
export interface Model<W, Name extends string> {
  readonly beginning: W;
  readonly steps: (world: W) => Iterable<Step<W>>;
  /** The same for two worlds between which nothing tells. */
  readonly keyOf: (world: W) => string;
  readonly invariants: Readonly<Record<Name, Invariant<W>>>;
  /** All that there is to do has been done, or waits for somebody. */
  readonly isSettled: (world: W) => boolean;
}

export interface Counterexample<W = World, Name extends string = InvariantName> {
  readonly breaks: Name | 'settles';
  /** The shortest way there, a sentence a step. */
  readonly steps: readonly string[];
  readonly world: W;
}

export interface Exploration<W = World, Name extends string = InvariantName> {
  readonly states: number;
  /** The nearest world for each invariant that does not hold; nothing is explored beyond such a world. */
  readonly counterexamples: readonly Counterexample<W, Name>[];
  /** Every world found in which one does not. */
  readonly broken: readonly W[];
}

interface Node<W> {
  readonly world: W;
  readonly parent: Node<W> | null;
  readonly says: string;
}

interface Options<Name extends string = InvariantName> {
  /** Whether to stop at the first counterexample. */
  readonly firstOnly?: boolean;
  /** The invariants to watch; all of them unless told. */
  readonly only?: readonly Name[];
}

/** Every world that one order can come to. */
export function explore(setting: Setting, options: Options = {}): Exploration {
  const model: Model<World, InvariantName> = {
    beginning: BEGINNING,
    steps: (world) => steps(world, setting),
    keyOf,
    invariants: INVARIANTS,
    isSettled,
  };
  return exploreModel(model, options);
}

/** Every world that can be reached, breadth first, so that the first way found to one is a shortest. */
export function exploreModel<W, Name extends string>(
  model: Model<W, Name>,
  { firstOnly = false, only = Object.keys(model.invariants) as Name[] }: Options<Name> = {},
): Exploration<W, Name> {
  const nodes: Node<W>[] = [{ world: model.beginning, parent: null, says: '' }];
  const ids = new Map([[model.keyOf(model.beginning), 0]]);
  /** Of each world, those that lead to it without anybody's choosing so. */
  const from: number[][] = [[]];
  const nearest = new Map<Name, Counterexample<W, Name>>();
  const broken: W[] = [];
  for (let id = 0; id < nodes.length; id += 1) {
    const node = at(nodes, id);
    const breaks = only.filter((name) => !model.invariants[name].holds(node.world));
    for (const name of breaks) if (!nearest.has(name)) nearest.set(name, counterexample(name, node));
    if (breaks.length > 0) broken.push(node.world);
    if (breaks.length > 0 && firstOnly) break;
    if (breaks.length > 0) continue;
    for (const { says, to, byChoice } of model.steps(node.world)) {
      const key = model.keyOf(to);
      let next = ids.get(key);
      if (next === undefined) {
        next = nodes.length;
        ids.set(key, next);
        nodes.push({ world: to, parent: node, says });
        if (!firstOnly) from.push([]);
      }
      if (!firstOnly && byChoice !== true) at(from, next).push(id);
    }
  }
  const stuck = firstOnly || nearest.size > 0 ? undefined : neverSettles(nodes, from, model.isSettled);
  const found = [...nearest.values(), ...(stuck ? [counterexample<W, Name>('settles', stuck)] : [])];
  return { states: nodes.length, counterexamples: found, broken };
}

/** The nearest world from which no settled one can be reached: walks backwards from the settled ones. */
function neverSettles<W>(
  nodes: readonly Node<W>[],
  from: readonly (readonly number[])[],
  isSettled: (world: W) => boolean,
): Node<W> | undefined {
  const reached = new Set<number>();
  const open: number[] = [];
  const reach = (id: number) => {
    if (reached.has(id)) return;
    reached.add(id);
    open.push(id);
  };
  for (const [id, { world }] of nodes.entries()) if (isSettled(world)) reach(id);
  for (let id = open.pop(); id !== undefined; id = open.pop()) at(from, id).forEach(reach);
  return nodes.find((_, id) => !reached.has(id));
}

function counterexample<W, Name extends string>(
  breaks: Name | 'settles',
  end: Node<W>,
): Counterexample<W, Name> {
  const said: string[] = [];
  for (let node: Node<W> | null = end; node?.parent; node = node.parent) said.unshift(node.says);
  return { breaks, steps: said, world: end.world };
}

function at<T>(list: readonly T[], index: number): T {
  const found = list[index];
  if (found === undefined) throw new RangeError(`Nothing at ${index}`);
  return found;
}
