import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

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
    include: ['{app,components,lib,web,cli,scripts,e2e}/**/*.test.{ts,tsx}'],
    exclude: ['**/node_modules/**', '**/.next*/**'],
    pool: 'forks',
    execArgv: ['--conditions=react-server'],
    testTimeout: 20_000,
  },
})
