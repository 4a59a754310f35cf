// What a suite's own JSON report says: how many passed and failed, and what did not run.
import { existsSync, readFileSync } from 'node:fs'

const read = (file) => (existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : null)

/** A file that could not even be read fails without a failed test in it. */
const brokenFiles = (report) =>
  report.testResults.filter(
    ({ status, assertionResults }) =>
      status === 'failed' && !assertionResults.some((test) => test.status === 'failed'),
  ).length

const isSkipped = ({ status }) => status === 'skipped' || status === 'pending' || status === 'todo'

/** A case that does not apply to one of the servers is skipped by design; a server that was not there is not. */
const absentIn = ({ assertionResults }) => {
  const skipped = assertionResults.filter(isSkipped)
  const whole = skipped.length > 0 && skipped.length === assertionResults.length
  return whole ? skipped.length : skipped.filter(({ title }) => title.startsWith('did not run')).length
}

export const readVitest = (file) => {
  const report = read(file)
  if (!report) return null
  const tests = report.testResults.flatMap(({ assertionResults }) => assertionResults)
  return {
    passed: report.numPassedTests,
    // Passed, and yet with a failure to tell of: the second try went well.
    again: tests
      .filter(({ status, failureMessages }) => status === 'passed' && failureMessages.length > 0)
      .map(({ fullName }) => fullName),
    failed: report.numFailedTests + brokenFiles(report),
    names: tests.filter(({ status }) => status === 'failed').map(({ fullName }) => fullName),
    skipped: tests.filter(isSkipped).map(({ fullName }) => fullName),
    absent: report.testResults.reduce((sum, file) => sum + absentIn(file), 0),
  }
}

const specsOf = (suite) => [
  ...(suite.specs ?? []).map((spec) => ({ ...spec, title: `${suite.title} ${spec.title}` })),
  ...(suite.suites ?? []).flatMap(specsOf),
]

const titlesOf = (report, wanted) =>
  (report.suites ?? [])
    .flatMap(specsOf)
    .filter(({ tests }) => tests.some(({ status }) => status === wanted))
    .map(({ title, tests }) => `${title} (${tests[0]?.projectName ?? ''})`)

export const readPlaywright = (file) => {
  const report = read(file)
  if (!report) return null
  const { expected, unexpected, flaky, skipped } = report.stats
  return {
    // A browser on a busy machine gets a second try; which stories needed it is said, not hidden.
    passed: expected + flaky,
    again: titlesOf(report, 'flaky'),
    absent: skipped,
    // One that broke before any test is an error of its own.
    failed: unexpected + (unexpected === 0 ? report.errors.length : 0),
    names: titlesOf(report, 'unexpected'),
    skipped: titlesOf(report, 'skipped'),
  }
}
