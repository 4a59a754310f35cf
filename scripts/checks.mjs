// What is held by reading the source alone.
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { root } from './steps.mjs'

const bin = (name) => join(root, 'node_modules', '.bin', name)
const rooms = ['app', 'components', 'lib', 'web', 'cli', 'e2e', 'bench', 'mailserver/src']
const eslintCache = ['--cache', '--cache-location', 'node_modules/.cache/eslint/']

export const checks = [
  { name: 'format', command: [bin('prettier'), '--check', '--log-level', 'warn', '.'] },
  { name: 'lint', command: [bin('eslint'), '--max-warnings', '0', ...eslintCache, '.'] },
  {
    name: 'rooms',
    command: [
      ...[bin('depcruise'), '--config', '.dependency-cruiser.mjs', '--output-type', 'err'],
      ...rooms.filter((room) => existsSync(join(root, room))),
    ],
  },
  { name: 'types', command: ['sh', '-c', `${bin('next')} typegen >/dev/null && ${bin('tsc')} --noEmit`] },
  { name: 'mail server types', command: [bin('tsc'), '--noEmit'], cwd: join(root, 'mailserver') },
]

const vitest = [bin('vitest'), 'run', '--passWithNoTests', '--reporter=dot']

export const quickTests = [
  { name: 'dead code', command: [bin('knip'), '--no-progress'] },
  { name: 'unit', command: [...vitest, '--project', 'unit'] },
  { name: 'mail server unit', command: [...vitest, 'src', 'citations'], cwd: join(root, 'mailserver') },
]
