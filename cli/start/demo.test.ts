import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { readSettings } from '../settings'
import { decideDemo, DemoRefused, KNOWN_PASSWORD } from './demo'

let home = ''
beforeEach(() => (home = mkdtempSync(join(tmpdir(), 'posthorn-demo-'))))
afterEach(() => rmSync(home, { recursive: true, force: true }))

const decide = (env: Record<string, string> = {}, asked: 'by --demo' | 'no' = 'no') =>
  decideDemo({
    settings: readSettings({ POSTHORN_HOME: home, ...env }),
    hosts: [env.POSTHORN_HOST ?? '127.0.0.1', env.POSTHORN_MAIL_HOST ?? '127.0.0.1'],
    asked,
  })

describe('demo mode', () => {
  it('is chosen for an empty folder without settings, and stays what the folder is', () => {
    expect(decide()?.accounts.map(({ password }) => password)).toEqual(Array(3).fill(KNOWN_PASSWORD))
    expect(decide({ POSTHORN_DOMAIN: 'example.org' })?.passwords).toBe('known')
  })
  it('is chosen whatever host, port or folder is given', () => {
    expect(decide({ POSTHORN_WEB_PORT: '4000', POSTHORN_HOST: 'localhost' })).not.toBeNull()
  })
  it.each(['POSTHORN_DOMAIN', 'POSTHORN_IMAP', 'POSTHORN_SECRET_FILE', 'POSTHORN_DATABASE'])(
    'is not chosen when %s is given',
    (name) => {
      expect(decide({ [name]: 'x' })).toBeNull()
      expect(existsSync(join(home, 'demo.json'))).toBe(false)
    },
  )
  it('is not chosen for a folder with a configuration, or with anything else in it', () => {
    writeFileSync(join(home, 'posthorn.toml'), 'domain = "example.org"\n')
    expect(decide()).toBeNull()
    rmSync(join(home, 'posthorn.toml'))
    writeFileSync(join(home, 'posthorn.db'), '')
    expect(decide()).toBeNull()
  })
  it('never serves the known password beyond this machine', () => {
    expect(() => decide({ POSTHORN_HOST: '0.0.0.0' })).toThrow(DemoRefused)
    expect(existsSync(join(home, 'demo.json'))).toBe(false)
    decide()
    expect(() => decide({ POSTHORN_MAIL_HOST: '192.0.2.7' })).toThrow(/--demo/)
  })
  it('makes random passwords when it is asked for on a public address, and keeps them', () => {
    decide()
    const demo = decide({ POSTHORN_HOST: '0.0.0.0' }, 'by --demo')
    expect(demo?.passwords).toBe('random')
    expect(new Set(demo?.accounts.map(({ password }) => password)).size).toBe(3)
    expect(demo?.accounts.every(({ password }) => password.length === 16)).toBe(true)
    expect(decide({ POSTHORN_HOST: '0.0.0.0' })).toEqual(demo)
    expect(JSON.parse(readFileSync(join(home, 'demo.json'), 'utf8'))).toEqual(demo)
  })
})
