import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { mailserverLock } from './lock'
import { lockFile, lockText } from './copy'

it('mailserver/package-lock.json is the one that the root lock file makes: `npm run pack:mailserver` writes it', () => {
  expect(readFileSync(lockFile, 'utf8')).toBe(lockText())
})

describe('the lock file of the mail server', () => {
  const entry = (version: string, more: object = {}) => ({ version, ...more })
  const manifest = {
    name: 'm',
    version: '1.0.0',
    dependencies: { a: '1.0.0' },
    devDependencies: { tool: '1.0.0' },
  }
  const made = mailserverLock(
    {
      lockfileVersion: 3,
      packages: {
        'node_modules/a': entry('1.0.0', {
          dependencies: { b: '^2' },
          optionalDependencies: { native: '1' },
        }),
        'node_modules/a/node_modules/b': entry('2.0.0'),
        'node_modules/b': entry('1.0.0', { dev: true }),
        'node_modules/native': entry('1.0.0', { optional: true }),
        'node_modules/of-the-web-app': entry('1.0.0'),
        'node_modules/tool': entry('9.0.0'),
        'mailserver/node_modules/tool': entry('1.0.0', { dependencies: { b: '^1' } }),
      },
    },
    manifest,
  )

  it('holds what the mail server reaches, as Node finds it, and nothing else', () => {
    expect(
      Object.entries(made.packages).map(([at, { version }]) => (at ? `${at} ${version}` : version)),
    ).toEqual([
      '1.0.0',
      'node_modules/a 1.0.0',
      'node_modules/a/node_modules/b 2.0.0',
      'node_modules/b 1.0.0',
      'node_modules/native 1.0.0',
      'node_modules/tool 1.0.0',
    ])
  })

  it('says what a server can do without', () => {
    expect(made.packages['node_modules/tool']).toMatchObject({ dev: true })
    expect(made.packages['node_modules/b']).toMatchObject({ dev: true })
    expect(made.packages['node_modules/native']).toMatchObject({ optional: true })
    expect(made.packages['node_modules/a']).not.toHaveProperty('dev')
  })
})
