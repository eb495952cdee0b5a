import { INVARIANTS, type InvariantName, isSettled } from './invariants';
import { steps } from './protocol';
import type { Setting } from './setting';
import { BEGINNING, keyOf, type World } from './world';

export interface Counterexample {
  readonly breaks: InvariantName | 'settles';
  /** The shortest way there, a sentence a step. */
  readonly steps: readonly string[];
  readonly world: World;
}

export interface Exploration {
  readonly states: number;
  /** The nearest world for each invariant that does not hold; nothing is explored beyond such a world. */
  readonly counterexamples: readonly Counterexample[];
  /** Every world found in which one does not. */
  readonly broken: readonly World[];
}

interface Node {
  readonly world: World;
  readonly parent: Node | null;
  readonly says: string;
}

interface Options {
  /** Whether to stop at the first counterexample. */
  readonly firstOnly?: boolean;
  /** The invariants to watch; all of them unless told. */
  readonly only?: readonly InvariantName[];
}

const ALL = Object.keys(INVARIANTS) as InvariantName[];

/** Every world that can be reached, breadth first, so that the first way found to one is a shortest. */
export function explore(setting: Setting, { firstOnly = false, only = ALL }: Options = {}): Exploration {
  const nodes: Node[] = [{ world: BEGINNING, parent: null, says: '' }];
  const ids = new Map([[keyOf(BEGINNING), 0]]);
  /** Of each world, those that lead to it without anybody's choosing so. */
  const from: number[][] = [[]];
  const nearest = new Map<InvariantName, Counterexample>();
  const broken: World[] = [];
  for (let id = 0; id < nodes.length; id += 1) {
    const node = at(nodes, id);
    const breaks = only.filter((name) => !INVARIANTS[name].holds(node.world));
    for (const name of breaks) if (!nearest.has(name)) nearest.set(name, counterexample(name, node));
    if (breaks.length > 0) broken.push(node.world);
    if (breaks.length > 0 && firstOnly) break;
    if (breaks.length > 0) continue;
    for (const { says, to, byChoice } of steps(node.world, setting)) {
      const key = keyOf(to);
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
  const stuck = firstOnly || nearest.size > 0 ? undefined : neverSettles(nodes, from);
  const found = [...nearest.values(), ...(stuck ? [counterexample('settles', stuck)] : [])];
  return { states: nodes.length, counterexamples: found, broken };
}

/** The nearest world from which no settled one can be reached: walks backwards from the settled ones. */
function neverSettles(nodes: readonly Node[], from: readonly (readonly number[])[]): Node | undefined {
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

function counterexample(breaks: Counterexample['breaks'], end: Node): Counterexample {
  const said: string[] = [];
  for (let node: Node | null = end; node?.parent; node = node.parent) said.unshift(node.says);
  return { breaks, steps: said, world: end.world };
}

function at<T>(list: readonly T[], index: number): T {
  const found = list[index];
  if (found === undefined) throw new RangeError(`Nothing at ${index}`);
  return found;
}
