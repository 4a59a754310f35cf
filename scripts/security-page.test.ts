import { existsSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'

// docs/security.md says which place keeps a promise and which test holds it: each must exist.
const text = readFileSync('docs/security.md', 'utf8')
const paths = [
  ...text.matchAll(/`((?:app|components|lib|web|cli|scripts|e2e|docs|mailserver)\/[\w./()[\]-]*)`/g),
].map((match) => match[1] ?? '')

test('docs/security.md names places', () => expect(paths.length).toBeGreaterThan(10))

test.each([...new Set(paths)])('docs/security.md names %s, which exists', (path) => {
  expect(existsSync(path)).toBe(true)
})
