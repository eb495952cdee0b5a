const { writeSync } = require('node:fs');
const { relative } = require('node:path');

/**
 * Ends the output with `N passed, N failed`, after everything that jest and the teardown have to say; what was
 * skipped is named before.
 */
module.exports = class ClosingLineReporter {
  constructor({ testNamePattern }) {
    // Whoever runs some tests by their names has meant to skip the rest.
    this.areNamed = !testNamePattern;
  }

  onRunComplete(_contexts, results) {
    const passed = results.numPassedTests;
    // A file that could not be run counts once: none of its tests did.
    const failed = results.numFailedTests + results.numRuntimeErrorTestSuites;
    const skipped = results.numPendingTests + results.numTodoTests;
    const line = `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}\n`;
    const skippedTests = results.testResults.flatMap(({ testFilePath, testResults }) =>
      testResults
        .filter(({ status }) => status === 'pending' || status === 'todo')
        .map(({ fullName }) => `skipped: ${relative(process.cwd(), testFilePath)}: ${fullName}\n`),
    );
    const names = this.areNamed ? skippedTests.join('') : '';
    process.once('exit', () => writeSync(1, `${names}${line}`));
  }
};
