import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { keyNames, tomlName } from '@/lib/server/config-keys'
import { mailServerKeys } from '@/lib/server/mail-server-keys'

// One posthorn.toml, two programs that never import each other: read as text, their tables must agree.
const table = readFileSync('mailserver/src/core/config.ts', 'utf8')
const known = [...table.slice(table.indexOf('export const keys')).matchAll(/^ {2}(\w+): \[/gm)].map(
  (match) => match[1] ?? '',
)
const web = new Set(keyNames.map(tomlName))

test('the web app lets every key of the mail server stand', () => {
  expect(known.length).toBeGreaterThan(20)
  expect(known.filter((key) => !web.has(key) && !mailServerKeys.includes(key))).toEqual([])
})

test('the web app lets nothing stand that the mail server does not know', () => {
  const names = new Set(known)
  expect(mailServerKeys.filter((key) => !names.has(key) && !names.has(key.replace(/_file$/, '')))).toEqual([])
})
