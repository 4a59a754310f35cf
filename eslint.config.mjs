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
