import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { randomBytes } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { distinctNames, zip } from './zip'

const from = (...chunks: Buffer[]) =>
  async function* () {
    yield* chunks
  }

const whole = async (entries: Parameters<typeof zip>[0]): Promise<Buffer> => {
  const chunks: Buffer[] = []
  for await (const chunk of zip(entries, new Date('2026-11-21T10:20:30Z'))) chunks.push(chunk)
  return Buffer.concat(chunks)
}

const readBack = `
import sys, zipfile, json
with zipfile.ZipFile(sys.argv[1]) as z:
    assert z.testzip() is None
    print(json.dumps([[i.filename, i.file_size, list(i.date_time), z.read(i).hex()[:40]] for i in z.infolist()]))
`

describe('a zip archive', () => {
  it('is read by another program, with every byte, name and time', async () => {
    const noise = randomBytes(300_000)
    const bytes = await whole([
      { name: 'plán – final.pdf', bytes: from(noise.subarray(0, 100_000), noise.subarray(100_000)) },
      { name: 'empty.txt', bytes: from() },
      { name: '図面.txt', bytes: from(Buffer.alloc(5_000_000, 'a')) },
    ])
    expect(bytes.length).toBeLessThan(400_000)
    const folder = mkdtempSync(join(tmpdir(), 'posthorn-zip-'))
    try {
      writeFileSync(join(folder, 'a.zip'), bytes)
      const read = execFileSync('python3', ['-c', readBack, join(folder, 'a.zip')], { encoding: 'utf8' })
      const time = [2026, 11, 21, 10, 20, 30]
      expect(JSON.parse(read)).toEqual([
        ['plán – final.pdf', 300_000, time, noise.toString('hex').slice(0, 40)],
        ['empty.txt', 0, time, ''],
        ['図面.txt', 5_000_000, time, '61'.repeat(20)],
      ])
    } finally {
      rmSync(folder, { recursive: true })
    }
  })

  it('breaks off where a file does, and lets go of it', async () => {
    let closed = 'no'
    const broken = async function* () {
      try {
        yield Buffer.from('half')
        throw new Error('gone')
      } finally {
        closed = 'yes'
      }
    }
    await expect(whole([{ name: 'a', bytes: broken }])).rejects.toThrow('gone')
    expect(closed).toBe('yes')
  })

  it('has every name once, and none that Windows keeps for itself', () =>
    expect(
      distinctNames(['a.pdf', 'A.PDF', 'a.pdf', 'a (2).pdf', 'con.txt', 'NUL', 'noext', 'noext']),
    ).toEqual(['a.pdf', 'A (2).PDF', 'a (3).pdf', 'a (2) (2).pdf', '_con.txt', '_NUL', 'noext', 'noext (2)']))
})
