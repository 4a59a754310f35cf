import { mkdtempSync, readdirSync, readlinkSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { openSpool, type Spool } from './spool'

let folder = ''
let spool: Spool
afterEach(async () => {
  await spool.close()
  rmSync(folder, { recursive: true })
})

const target = (fd: string) => {
  try {
    return readlinkSync(`/proc/self/fd/${fd}`)
  } catch {
    return ''
  }
}
const openFiles = () =>
  readdirSync('/proc/self/fd').filter((fd) => target(fd).startsWith(join(folder, 'messages/')))

test('a file that could not get its time is discarded whole: neither its name nor its descriptor stays', async () => {
  folder = mkdtempSync(join(tmpdir(), 'spool-'))
  spool = await openSpool(folder, Date.now)
  const file = spool.create()
  await file.write(Buffer.from('x'))
  file.seal(NaN)
  await expect(file.stand()).rejects.toThrow()
  expect(openFiles()).toHaveLength(1)
  await file.discard()
  expect(openFiles()).toEqual([])
  expect(spool.ids()).toEqual([])
})
