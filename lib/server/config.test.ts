import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { ConfigError, describeConfig, loadConfig, showConfig } from './config'

let home: string
beforeEach(() => (home = mkdtempSync(join(tmpdir(), 'posthorn-config-'))))
afterEach(() => rmSync(home, { recursive: true, force: true }))

const load = (environment: Record<string, string> = {}) =>
  loadConfig({ POSTHORN_HOME: home, ...environment }).config
const toml = (text: string) => writeFileSync(join(home, 'posthorn.toml'), text)

describe('what is in force', () => {
  it('is the defaults, the bundled mail server, and a secret that is made once and kept for us alone', () => {
    const first = load()
    expect(first).toMatchObject({ basePath: '/webmail', publicUrl: 'http://localhost:3000/webmail' })
    expect(first.imap).toEqual({ host: '127.0.0.1', port: 143, tls: 'starttls', loopback: true })
    expect(load().secret).toBe(first.secret)
    expect(statSync(join(home, 'secret')).mode & 0o777).toBe(0o600)
  })

  it('is posthorn.toml, and the environment above it', () => {
    toml('imap = "imaps://mail.example.org"\nbase_path = "/post"\ntrusted_proxies = ["10.0.0.0/8"]\n')
    expect(load().imap).toEqual({ host: 'mail.example.org', port: 993, tls: 'implicit', loopback: false })
    expect(load().trustedProxies).toEqual(['10.0.0.0/8'])
    expect(load({ POSTHORN_BASE_PATH: '/' })).toMatchObject({
      basePath: '',
      publicUrl: 'http://localhost:3000',
    })
  })

  it('changes passwords on the bundled mail server, elsewhere only as it is told, and nowhere when it is off', () => {
    const outside = { POSTHORN_IMAP: 'imaps://mail.example.org' }
    expect(load().passwordChange).toBe(`unix:${join(home, 'mail', 'control.sock')}`)
    expect(load(outside).passwordChange).toBe('off')
    for (const said of ['off', '/usr/local/bin/passwd', 'unix:/run/x', 'https://id.example.org/change'])
      expect(load({ ...outside, POSTHORN_PASSWORD_CHANGE: said }).passwordChange).toBe(said)
    for (const said of ['on', 'passwd', 'http://id.example.org/change', 'https://a:b@id.example.org/'])
      expect(() => load({ POSTHORN_PASSWORD_CHANGE: said })).toThrow(/POSTHORN_PASSWORD_CHANGE: must be off/)
  })

  it('takes a secret from a file', () => {
    const path = join(home, 'mine')
    writeFileSync(path, `${'s'.repeat(40)}\n`)
    expect(load({ POSTHORN_SECRET_FILE: path }).secret).toBe('s'.repeat(40))
    expect(() => load({ POSTHORN_SECRET_FILE: join(home, 'none') })).toThrow(/POSTHORN_SECRET_FILE.*none/)
  })

  it('lets the path of the public URL be the base path, unless they contradict each other', () => {
    expect(load({ POSTHORN_PUBLIC_URL: 'https://example.org/post/' })).toMatchObject({
      basePath: '/post',
      publicUrl: 'https://example.org/post',
    })
    expect(load({ POSTHORN_PUBLIC_URL: 'https://example.org' }).publicUrl).toBe('https://example.org/webmail')
    const both = { POSTHORN_PUBLIC_URL: 'https://example.org/post', POSTHORN_BASE_PATH: '/mail' }
    expect(() => load(both)).toThrow(ConfigError)
  })
})

describe('a mistake', () => {
  it.each([
    [{ POSTHORN_WEB_PORT: '99999' }, /POSTHORN_WEB_PORT: must be at most 65535 \(it is "99999"\)/],
    [{ POSTHORN_IMAP: 'http://x' }, /POSTHORN_IMAP: must be imap:\/\/host:port or imaps:\/\/host:port/],
    [{ POSTHORN_IMAP: 'imaps://user@x' }, /POSTHORN_IMAP/],
    [{ POSTHORN_BASE_PATH: 'webmail' }, /POSTHORN_BASE_PATH: must be \/ or a path/],
    [{ POSTHORN_BASE_PATH: '/a/../b' }, /POSTHORN_BASE_PATH/],
    [{ POSTHORN_PUBLIC_URL: 'mail.example.org' }, /POSTHORN_PUBLIC_URL: must be a URL/],
  ])('%j is told with its key and the reason', (environment, message) => {
    expect(() => load(environment)).toThrow(message)
  })

  it('in the file is told with the key, and a key that nobody knows is one', () => {
    toml('web_port = "many"')
    expect(() => load()).toThrow(/posthorn\.toml: web_port: must be a port number/)
    toml('bas_path = "/x"')
    expect(() => load()).toThrow(/unknown key "bas_path"/)
  })

  it('in a secret never shows the secret', () => {
    expect(() => load({ POSTHORN_SECRET: 'too short' })).toThrow(/^(?!.*too short).*at least 32/)
  })
})

it('what is shown masks secrets and says where each value comes from', () => {
  const shown = showConfig(loadConfig({ POSTHORN_HOME: home, POSTHORN_SECRET: 'x'.repeat(40) }))
  expect(shown.find(({ key }) => key === 'secret')).toEqual({
    key: 'secret',
    value: '********',
    source: 'environment',
  })
  expect(JSON.stringify(shown)).not.toContain('xxxx')
})

it('every key has a sentence', () => {
  for (const { key, says } of describeConfig()) expect(says, key).toMatch(/\.$/)
})
