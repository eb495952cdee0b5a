import { inBrowser } from '../support/console';
import { type ConsoleHouse, openConsoleHouse } from './house';

/** Opens one house for all tests of a file, and takes whatever goes wrong in a page for a failure. */
export function onOneHouse(title: string, tests: (house: () => ConsoleHouse) => void): void {
  inBrowser(title, () => {
    let house: ConsoleHouse | undefined;

    beforeAll(async () => {
      house = await openConsoleHouse();
    });
    afterEach(async () => {
      const faults = (await house?.console.leave()) ?? [];
      if (faults.length > 0) throw new Error(faults.join('\n'));
    });
    afterAll(() => house?.close());

    tests(() => {
      if (house === undefined) throw new Error('The house is not open');
      return house;
    });
  });
}
