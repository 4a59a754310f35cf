import { defineConfig } from 'vitest/config'
import { place } from './vitest.place.ts'

export default defineConfig({
  test: {
    include: ['{src,test}/**/*.test.ts'],
    globalSetup: './vitest.setup.ts',
    pool: 'forks',
    // Files share a process: loading the server anew for each of them took longer than all the tests.
    isolate: false,
    env: { TMPDIR: place },
    // Generous: a busy machine is no fault of the code, and every test waits for a fact, not for a time.
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
})
