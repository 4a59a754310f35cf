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

// The compiler behind them reads each file anew: half of the time went into files that hold no component.
const aboutReact = Object.fromEntries(
  next
    .flatMap(({ rules = {} }) => Object.keys(rules))
    .filter((name) => /^(react|react-hooks|jsx-a11y|@next\/next)\//.test(name))
    .map((name) => [name, 'off']),
)
const withoutReact = ['bench', 'cli', 'e2e', 'lib/model', 'lib/server', 'mailserver', 'scripts', 'web']

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
  { files: withoutReact.map((room) => `${room}/**`), rules: aboutReact },
  {
    rules: {
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', ignoreRestSiblings: true }],
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      'no-restricted-syntax': ['error', noSandboxScripts],
    },
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
