import type { Account } from './account';
import { tokenIn } from './rows';

/** Order numbers that one call takes. */
const AT_ONCE = 100;

/**
 * What 11st knows of the lines of orders, by `ordNo-ordPrdSeq`, as rows. `orderlistall` says how many were ordered at
 * first; `orderlistalladdr` has the tracking number as well.
 *
 * @throws OutsideUnavailable when 11st did not answer.
 */
export async function orderStates(
  account: Account,
  call: 'orderlistall' | 'orderlistalladdr',
  ordNos: readonly string[],
): Promise<Map<string, Uint8Array>> {
  const numbers = [...new Set(ordNos)];
  const states = new Map<string, Uint8Array>();
  for (let first = 0; first < numbers.length; first += AT_ONCE) {
    const { rows } = await account.list(
      `claimservice/${call}/${numbers.slice(first, first + AT_ONCE).join(',')}`,
    );
    for (const row of rows) {
      const token = tokenIn(row);
      states.set(`${token('ordNo')}-${token('ordPrdSeq')}`, row);
    }
  }
  return states;
}
