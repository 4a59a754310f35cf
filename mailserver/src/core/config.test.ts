import { expect, test } from 'vitest'
import { readConfig } from './config'

const env = { POSTHORN_HOME: '/nowhere', POSTHORN_DOMAIN: 'posthorn.test' }
const giver = { ...env, POSTHORN_OAUTH_INTROSPECTION: 'https://id.example.org/introspect' }

test('who asks about tokens says what they must be for', () => {
  expect(() => readConfig(giver)).toThrow(/oauth_audience.*oauth_scope/)
  expect(readConfig({ ...giver, POSTHORN_OAUTH_AUDIENCE: 'mail' })).toMatchObject({ oauth_audience: 'mail' })
  expect(readConfig({ ...giver, POSTHORN_OAUTH_SCOPE: 'mail' })).toMatchObject({ oauth_scope: 'mail' })
  expect(() => readConfig({ ...giver, POSTHORN_OAUTH_SCOPE: 'openid mail' })).toThrow(/oauth_scope/)
  expect(() => readConfig(env)).not.toThrow()
})
