// What a suite's own JSON report says: how many passed and failed, and what did not run.
import { existsSync, readFileSync } from 'node:fs'

const read = (file) => (existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : null)

/** A file that could not even be read fails without a failed test in it. */
const isBroken = ({ status, assertionResults }) =>
  status === 'failed' && !assertionResults.some((test) => test.status === 'failed')

const isSkipped = ({ status }) => status === 'skipped' || status === 'pending' || status === 'todo'

/** A case that does not apply to one of the servers is skipped by design; a server that was not there is not. */
const absentIn = ({ assertionResults }) => {
  const skipped = assertionResults.filter(isSkipped)
  const whole = skipped.length > 0 && skipped.length === assertionResults.length
  return whole ? skipped.length : skipped.filter(({ title }) => title.startsWith('did not run')).length
}

/** What a failure says, without its colours and without the frames of the runner: enough to know where to look. */
const saidBy = (messages) =>
  messages
    .join('\n')
    .replace(/\u001b\[[\d;]*m/g, '')
    .split('\n')
    .filter((line) => line.trim() && !line.includes('node_modules') && !line.includes('node:internal'))
    .slice(0, 12)
    .join('\n       ')
    .slice(0, 1500)

const inALine = (messages) => saidBy(messages).replace(/\s+/g, ' ').slice(0, 400)

/** By the file and the test: what failed, and why. A log that is cut short afterwards has told that much. */
const failuresOf = (files) => [
  ...files.flatMap(({ assertionResults, name }) =>
    assertionResults
      .filter(({ status }) => status === 'failed')
      .map((test) => `${fileOf(name)}: ${test.fullName}\n       ${saidBy(test.failureMessages)}`),
  ),
  ...files.filter(isBroken).map(({ name, message }) => `${fileOf(name)}\n       ${saidBy([message])}`),
]

const fileOf = (path) => path.split('/').slice(-3).join('/')

export const readVitest = (file) => {
  const report = read(file)
  if (!report) return null
  const tests = report.testResults.flatMap(({ assertionResults }) => assertionResults)
  return {
    passed: report.numPassedTests,
    // Passed, and yet with a failure to tell of: the second try went well.
    again: tests
      .filter(({ status, failureMessages }) => status === 'passed' && failureMessages.length > 0)
      .map(({ fullName, failureMessages }) => `${fullName}: ${inALine(failureMessages)}`),
    failed: report.numFailedTests + report.testResults.filter(isBroken).length,
    failures: failuresOf(report.testResults),
    skipped: tests.filter(isSkipped).map(({ fullName }) => fullName),
    absent: report.testResults.reduce((sum, file) => sum + absentIn(file), 0),
  }
}

const specsOf = (suite) => [
  ...(suite.specs ?? []).map((spec) => ({ ...spec, title: `${suite.title} ${spec.title}` })),
  ...(suite.suites ?? []).flatMap(specsOf),
]

const endedAs = (report, wanted) =>
  (report.suites ?? []).flatMap(specsOf).filter(({ tests }) => tests.some(({ status }) => status === wanted))

const titleOf = ({ title, tests }) => `${title} (${tests[0]?.projectName ?? ''})`

const titlesOf = (report, wanted) => endedAs(report, wanted).map(titleOf)

const errorsOf = ({ tests }) =>
  tests.flatMap(({ results }) => results.flatMap(({ errors }) => errors.map(({ message }) => message ?? '')))

export const readPlaywright = (file) => {
  const report = read(file)
  if (!report) return null
  const { expected, unexpected, flaky, skipped } = report.stats
  return {
    // A browser on a busy machine gets a second try; which stories needed it is said, not hidden.
    passed: expected + flaky,
    again: endedAs(report, 'flaky').map((spec) => `${titleOf(spec)}: ${inALine(errorsOf(spec))}`),
    absent: skipped,
    // One that broke before any test is an error of its own.
    failed: unexpected + (unexpected === 0 ? report.errors.length : 0),
    failures: [
      ...endedAs(report, 'unexpected').map((spec) => `${titleOf(spec)}\n       ${saidBy(errorsOf(spec))}`),
      ...report.errors.map(({ message }) => saidBy([message ?? ''])),
    ],
    skipped: titlesOf(report, 'skipped'),
  }
}
