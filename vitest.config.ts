import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

const integration = '**/*.integration.test.ts'

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
