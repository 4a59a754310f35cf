import { fileURLToPath } from 'node:url'
import { defineConfig, mergeConfig } from 'vitest/config'
import rules from '../../lib/server/html/testing/rules.json'
import usual from '../../vitest.config'

// The unit tests with one rule of the sanitiser taken out (scripts/long/sanitiser-rules.mjs).
const without = rules.find(({ rule }) => rule === process.env.POSTHORN_WITHOUT_RULE)

export default mergeConfig(
  { ...usual, test: { ...usual.test, projects: undefined } },
  defineConfig({
    root: fileURLToPath(new URL('../..', import.meta.url)),
    test: { include: ['lib/server/html/*.test.ts'] },
    plugins: [
      {
        name: 'without-a-rule',
        enforce: 'pre',
        transform: (code, id) => {
          if (!without || !id.endsWith(`/lib/server/html/${without.file}`)) return null
          if (!code.includes(without.from)) throw new Error(`not in ${without.file}: ${without.from}`)
          return { code: code.replace(without.from, () => without.to), map: null }
        },
      },
    ],
  }),
)
