import next from 'eslint-config-next'
import typescript from 'eslint-config-next/typescript'

const noSandboxScripts = {
  selector: 'Literal[value=/allow-script[s]/]',
  message: 'A message frame never runs scripts (DESIGN.md decision 4).',
}
const onlyConfigReadsEnvironment = {
  selector: "MemberExpression[object.name='process'][property.name='env']",
  message: 'Only config.ts reads the environment.',
}

const named = (pattern) =>
  next.flatMap(({ rules = {} }) => Object.keys(rules)).filter((name) => pattern.test(name))
const off = (names) => Object.fromEntries(names.map((name) => [name, 'off']))

const aboutReact = named(/^(react|react-hooks|jsx-a11y|@next\/next)\//)
const withoutReact = ['bench', 'cli', 'e2e', 'lib/model', 'lib/server', 'mailserver', 'scripts', 'web']

// React's compiler stands behind these, and compiles every component anew: as long as all else together. They are a step of
// their own, eslint.components.mjs.
export const byCompiler = named(/^react-hooks\/(?!rules-of-hooks$|exhaustive-deps$)/)

const config = [
  {
    ignores: [
      '.next/**',
      '.next-*/**',
      'dist/**',
      '**/dist/**',
      'data/**',
      'next-env.d.ts',
      'test-results/**',
      '**/fixtures/**',
    ],
  },
  ...next,
  ...typescript,
  { files: withoutReact.map((room) => `${room}/**`), rules: off(aboutReact) },
  { rules: off(byCompiler) },
  // Without JSX there is no component to look at; hooks are looked at wherever they may be.
  { files: ['**/*.ts', '**/*.mjs'], rules: off(named(/^(react|jsx-a11y)\//)) },
  {
    rules: {
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-unused-vars': 'off',
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      'no-restricted-syntax': ['error', noSandboxScripts],
    },
  },
  {
    // Of everything else the compiler says it (noUnusedLocals, noUnusedParameters), in a tenth of the time.
    files: ['**/*.mjs', '**/*.cjs'],
    rules: { '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_' }] },
  },
  {
    files: ['app/**', 'components/**', 'lib/**', 'web/**', 'mailserver/src/**'],
    ignores: ['**/config.ts', '**/*.test.ts', '**/*.test.tsx', '**/testing/**'],
    rules: {
      'no-console': 'error',
      'max-lines': ['error', { max: 500 }],
      'no-restricted-syntax': ['error', noSandboxScripts, onlyConfigReadsEnvironment],
    },
  },
]
export default config
