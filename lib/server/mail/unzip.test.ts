import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { open } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { deflateRawSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { packedIn } from './unzip'
import { zip } from './zip'

let folder = ''
beforeAll(() => void (folder = mkdtempSync(join(tmpdir(), 'posthorn-unzip-'))))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const archive = async (files: Record<string, Buffer>): Promise<Buffer> => {
  const entries = Object.entries(files).map(([name, bytes]) => ({
    name,
    bytes: async function* () {
      yield bytes
    },
  }))
  const chunks: Buffer[] = []
  for await (const chunk of zip(entries, new Date())) chunks.push(chunk)
  return Buffer.concat(chunks)
}

const read = async (
  bytes: Buffer,
  most = 1_000_000,
  budget = { bytes: 10_000_000 },
): Promise<[string, string][]> => {
  const path = join(folder, 'a.zip')
  writeFileSync(path, bytes)
  const file = await open(path)
  try {
    const found: [string, string][] = []
    for (const entry of await packedIn(file, bytes.length)) {
      const chunks: Buffer[] = []
      for await (const chunk of entry.bytes(most, budget)) chunks.push(chunk)
      found.push([entry.name, Buffer.concat(chunks).toString('latin1')])
    }
    return found
  } finally {
    await file.close()
  }
}

describe('a zip archive that is taken apart (APPNOTE 6.3)', () => {
  it('gives back what was put in', async () => {
    const files = {
      'a.eml': Buffer.from('A: 1\r\n\r\nx'),
      'plán/b.mbox': Buffer.alloc(200_000, 'b'),
      'c.eml': Buffer.alloc(0),
    }
    expect(await read(await archive(files))).toEqual(
      Object.entries(files).map(([name, bytes]) => [name, bytes.toString('latin1')]),
    )
  })

  it('stops unpacking at the bound of a file, and at that of the whole archive', async () => {
    const bomb = await archive({ 'a.eml': Buffer.alloc(5_000_000) })
    expect(bomb.length).toBeLessThan(50_000)
    await expect(read(bomb)).rejects.toThrow('too-large')
    await expect(read(bomb, 10_000_000, { bytes: 4_000_000 })).rejects.toThrow('too-large')
  })

  it('refuses files that overlap: the same bytes would be unpacked again and again', async () => {
    const bytes = await archive({ 'a.eml': Buffer.from('A: 1'), 'b.eml': Buffer.from('B: 1') })
    const second = bytes.lastIndexOf(Buffer.from([0x50, 0x4b, 1, 2]))
    bytes.writeUInt32LE(0, second + 42)
    await expect(read(bytes)).rejects.toThrow('bad-request')
  })

  it('refuses what is cut off, what is no archive, and what is not what its sum says', async () => {
    const whole = await archive({ 'a.eml': Buffer.from('A: 1\r\n\r\nhello') })
    await expect(read(whole.subarray(0, whole.length - 30))).rejects.toThrow('bad-request')
    await expect(read(Buffer.from('PK\x03\x04 and nothing else'))).rejects.toThrow('bad-request')
    const other = Buffer.from(whole)
    const at = other.indexOf(deflateRawSync(Buffer.from('A: 1\r\n\r\nhello'), { level: 1 }))
    expect(at).toBeGreaterThan(0)
    const sum = other.lastIndexOf(Buffer.from([0x50, 0x4b, 1, 2])) + 16
    other.writeUInt32LE(1, sum)
    await expect(read(other)).rejects.toThrow('bad-request')
  })

  it('never touches a file by the name that stands in it', async () => {
    const [[name] = ['']] = await read(await archive({ '../../etc/passwd.eml': Buffer.from('A: 1') }))
    expect(name).toBe('../../etc/passwd.eml')
  })
})
