import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['{src,test}/**/*.test.ts'],
    globalSetup: './vitest.setup.ts',
    pool: 'forks',
    testTimeout: 20_000,
  },
})
