// What React's compiler holds against a component (eslint-plugin-react-hooks): asked by `npm test`, and by `npm run check --
// components` while one works at them. Everything else is in eslint.config.mjs.
import next from 'eslint-config-next'
import { byCompiler } from './eslint.config.mjs'

const config = [
  ...next.map((part) => ({ ...part, rules: {} })),
  {
    files: ['app/**', 'components/**', 'lib/client/**', 'lib/i18n/**'],
    ignores: ['**/*.test.*'],
    // What is silenced in the file is silenced for the other step.
    linterOptions: { reportUnusedDisableDirectives: 'off' },
    rules: Object.fromEntries(byCompiler.map((name) => [name, 'error'])),
  },
]
export default config
