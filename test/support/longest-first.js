const { sep } = require('node:path');
const Sequencer = require('@jest/test-sequencer').default;

/** What runs for minutes: a browser that opens every page, days and campaigns as they pass. */
const LONG = ['browser', 'chaos', 'e2e'].map((folder) => `${sep}test${sep}${folder}${sep}`);

/**
 * Jest knows how long a file takes where it has run it before, and goes by its size otherwise, which tells nothing
 * here: the longest would come last, and be waited for by one core.
 */
module.exports = class LongestFirst extends Sequencer {
  sort(tests) {
    const isLong = ({ path }) => LONG.some((folder) => path.includes(folder));
    const sorted = super.sort(tests);
    return [...sorted.filter(isLong), ...sorted.filter((test) => !isLong(test))];
  }
};
