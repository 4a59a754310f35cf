// The protocol table is true: its files cite their RFC, and what the code cites is in the table.
import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'

const script = fileURLToPath(new URL('../../rfc/check.mjs', import.meta.url))

test('rfc/README.md and the citations in the code agree', async () => {
  const { stderr } = await promisify(execFile)(process.execPath, [script])
  expect(stderr).toBe('')
})
