import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'
import { BaseSequencer, type TestSpecification } from 'vitest/node'

const integration = '**/*.integration.test.ts'
const rooms = ['app', 'components', 'lib', 'web', 'cli', 'scripts', 'e2e']
const units = `{${rooms.join(',')}}/**/*.test.{ts,tsx}`
const notUnits = ['**/node_modules/**', '**/.next*/**', integration]

// Unit tests share a process, for loading the modules anew took longer than the tests. What puts another module or another
// environment in the place of one that others may have loaded has a process of its own.
const replaces = /vi\.(mock|doMock|resetModules)\(|testing\/environment|process\.env|globalThis/
const apart = rooms
  .flatMap((room) =>
    readdirSync(room, { recursive: true, encoding: 'utf8' }).map((name) => `${room}/${name}`),
  )
  .filter((name) => /\.test\.tsx?$/.test(name) && !name.endsWith('.integration.test.ts'))
  .filter((name) => replaces.test(readFileSync(name, 'utf8')))

// Files that take a minute or more begin first: the last to begin decides when all have ended. A fresh clone knows no
// durations by which it could be told.
const longest = [
  'web/outbox',
  'lib/server/html/walls',
  'cli/start/start',
  'web/prefix',
  'lib/server/actions/weak-server',
]

class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]) {
    const rank = ({ moduleId }: TestSpecification) => {
      const at = longest.findIndex((name) => moduleId.endsWith(`${name}.integration.test.ts`))
      return at === -1 ? longest.length : at
    }
    return (await super.sort(files)).sort((a, b) => rank(a) - rank(b))
  }
}

export default defineConfig({
  resolve: {
    alias: { '@': fileURLToPath(new URL('.', import.meta.url)).replace(/\/$/, '') },
    conditions: ['react-server'],
  },
  ssr: {
    resolve: {
      conditions: ['react-server', 'node', 'import', 'module', 'default'],
      externalConditions: ['react-server', 'node', 'import'],
    },
  },
  test: {
    pool: 'forks',
    // One less than there are cores is the usual; these tests wait for programs more than they compute.
    maxWorkers: 2,
    sequence: { sequencer: LongestFirst },
    execArgv: ['--conditions=react-server'],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // `npm run check` runs the first, `npm test` both: integration tests start programs and servers.
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: [units],
          exclude: [...notUnits, ...apart],
          isolate: false,
          // What a failed test puts on is taken off again, for the next file finds it else.
          unstubGlobals: true,
          restoreMocks: true,
        },
      },
      { extends: true, test: { name: 'unit apart', include: apart } },
      {
        extends: true,
        test: {
          name: 'integration',
          include: [`{${rooms.join(',')}}/${integration}`],
          exclude: ['**/node_modules/**', '**/.next*/**'],
          hookTimeout: 60_000,
        },
      },
    ],
  },
})
