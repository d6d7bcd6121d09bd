// The last line of a test run, for programs that read it: `N passed, N failed`.

/** A jest reporter. A suite that could not be loaded counts as a failure. */
export default class ClosingLineReporter {
  onRunComplete(
    _contexts,
    { numPassedTests, numFailedTests, numRuntimeErrorTestSuites, numPendingTests, numTodoTests },
  ) {
    const skipped = numPendingTests + numTodoTests;
    const parts = [`${numPassedTests} passed`, `${numFailedTests + numRuntimeErrorTestSuites} failed`];
    if (skipped > 0) parts.push(`${skipped} skipped`);
    // Jest prints its own summary, on stderr, behind every configured reporter.
    process.once('exit', () => process.stderr.write(`${parts.join(', ')}\n`));
  }
}
