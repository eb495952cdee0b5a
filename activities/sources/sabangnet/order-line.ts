import { UndecodableRecord } from '../../../domain/errors';
import { type StatusMeaning } from './order-status';

/** How either of Sabangnet's APIs names a mall, a line, and what became of it. */

/**
 * What is set for a mall.
 *
 * @param field where the hub names it.
 * @throws UndecodableRecord naming the field.
 */
export function mallNamed<Mall>(malls: Readonly<Record<string, Mall>>, field: string, name: string): Mall {
  const mall = Object.hasOwn(malls, name) ? malls[name] : undefined;
  if (mall !== undefined) return mall;
  const problem = name === '' ? 'is missing' : `no channel is set for ${JSON.stringify(name.slice(0, 40))}`;
  throw new UndecodableRecord(field, problem);
}

/**
 * The mall's own number of the line, so that the order is the same when it comes by the mall's API. A line that
 * the hub alone knows is named by the hub's number, with a prefix that no mall's number has: it joins the order as
 * a line of its own, never as a line that is there already.
 */
export function lineNumberOf(own: string, hubNumber: string): string {
  return own === '' ? `idx-${hubNumber}` : own;
}

/**
 * What we ship ourselves is known by its first reading, and read again under the same content hash. A record that
 * is new to us and shipped already (by hand, by the system before us) must not ship again.
 *
 * @throws UndecodableRecord naming the field.
 */
export function isCancelledBy(meaning: StatusMeaning | undefined, field: string, word: string): boolean {
  const quoted = JSON.stringify(word.slice(0, 40));
  if (meaning === undefined) throw new UndecodableRecord(field, `unknown status ${quoted}`);
  if (meaning === 'shipped')
    throw new UndecodableRecord(field, `${word}: shipped outside, or changed after it was shipped`);
  return meaning === 'cancelled';
}
