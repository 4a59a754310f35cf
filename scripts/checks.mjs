// What is held by reading the source alone.
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { root } from './steps.mjs'

const bin = (name) => join(root, 'node_modules', '.bin', name)
const rooms = ['app', 'components', 'lib', 'web', 'cli', 'e2e', 'bench', 'mailserver/src']
const eslint = (cache) => [
  ...[bin('eslint'), '--max-warnings', '0', '--cache', '--cache-location'],
  `node_modules/.cache/${cache}/`,
]

// The compiler in Go, for the one in JavaScript takes three times as long; ESLint and Next need that one
// (docs/decisions/058-checks-in-a-minute.md).
const types = ['node', join(root, 'node_modules', 'typescript-7', 'bin', 'tsc'), '--noEmit']

export const checks = [
  { name: 'lint', command: [...eslint('eslint'), '.'] },
  {
    name: 'rooms',
    command: [
      ...[bin('depcruise'), '--config', '.dependency-cruiser.mjs', '--output-type', 'err'],
      ...rooms.filter((room) => existsSync(join(root, room))),
    ],
  },
  { name: 'types', command: ['sh', '-c', `${bin('next')} typegen >/dev/null && ${types.join(' ')}`] },
  { name: 'mail server types', command: types, cwd: join(root, 'mailserver') },
  { name: 'format', command: [bin('oxfmt'), '--check'] },
]

/** What takes as long as all of that, and is found by few changes: for `npm test`, and for who asks for it by name. */
export const slowChecks = [
  {
    name: 'components',
    command: [
      ...eslint('eslint-components'),
      ...['--config', 'eslint.components.mjs', 'app', 'components', 'lib/client', 'lib/i18n'],
    ],
  },
]

const vitest = [bin('vitest'), 'run', '--passWithNoTests', '--reporter=dot']

export const quickTests = [
  { name: 'dead code', command: [bin('knip'), '--no-progress'] },
  { name: 'unit', command: [...vitest, '--project', 'unit*'] },
  { name: 'mail server unit', command: [...vitest, 'src', 'citations'], cwd: join(root, 'mailserver') },
]
