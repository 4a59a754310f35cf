import { existsSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'

// The map is only worth reading while it is true: every path that ARCHITECTURE.md names must exist.
const text = readFileSync('ARCHITECTURE.md', 'utf8')

const pathsInMap = (text.match(/```\n([\s\S]*?)```/)?.[1] ?? '')
  .split('\n')
  .flatMap((line) => line.split(/\s{2,}/).slice(0, line.startsWith('bin/') ? 2 : 1))
  .filter((word) => /^[\w./()[\]-]+$/.test(word))
const pathsInText = [...text.replace(/```[\s\S]*?```/, '').matchAll(/`([^`\s]+)`/g)]
  .map((match) => match[1] ?? '')
  .filter((word) => word.includes('/'))

test.each([...new Set([...pathsInMap, ...pathsInText])])('ARCHITECTURE.md names %s, which exists', (path) => {
  expect(existsSync(path)).toBe(true)
})
