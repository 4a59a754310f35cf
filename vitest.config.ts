import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'
import { BaseSequencer, type TestSpecification } from 'vitest/node'

const integration = '**/*.integration.test.ts'

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
          include: ['{app,components,lib,web,cli,scripts,e2e}/**/*.test.{ts,tsx}'],
          exclude: ['**/node_modules/**', '**/.next*/**', integration],
        },
      },
      {
        extends: true,
        test: {
          name: 'integration',
          include: ['{app,components,lib,web,cli,scripts,e2e}/**/*.integration.test.ts'],
          exclude: ['**/node_modules/**', '**/.next*/**'],
          hookTimeout: 60_000,
        },
      },
    ],
  },
})
