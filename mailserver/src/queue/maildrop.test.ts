import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { rename } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { BrokenDrop, leaveDrop, watchMaildrop, type Maildrop, type TakeDrop } from './maildrop'

let home: string
let folder: string
let maildrop: Maildrop | null = null
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'posthorn-drop-'))
  folder = join(home, 'mail', 'spool', 'maildrop')
})
afterEach(async () => {
  await maildrop?.close()
  maildrop = null
  rmSync(home, { recursive: true, force: true })
})

/** What was told in order, and the looks that wait for their minute. */
const watched = (take: TakeDrop) => {
  const told: string[] = []
  const waiting: (() => void)[] = []
  let later = 0
  const heard = new Set<() => void>()
  const tell = (text: string) => {
    told.push(text)
    for (const each of heard) each()
  }
  maildrop = watchMaildrop(home, {
    clock: {
      now: () => Date.now() + later,
      after: (_, job) => {
        waiting.push(job)
        return () => void waiting.splice(waiting.indexOf(job), 1)
      },
    },
    take,
    step: tell,
    onBroken: (id, error) => tell(`broken ${id}: ${error.message}`),
    onPassing: (error) => tell(`later: ${(error as Error).message}`),
  })
  const until = (text: string) =>
    new Promise<void>((done) => {
      const look = () => {
        if (!told.some((each) => each.startsWith(text))) return
        heard.delete(look)
        done()
      }
      heard.add(look)
      look()
    })
  const minute = () => waiting.splice(0).forEach((job) => job())
  const days = (count: number) => void (later += count * 24 * 3_600_000)
  return { told, until, minute, days }
}

const drop = { sender: 'a@posthorn.test', recipients: ['b@posthorn.test'], user: 'cron' }

test('a drop that the queue cannot store now is taken a minute later', async () => {
  const id = await leaveDrop(home, drop, Buffer.from('x'))
  let isFull = true
  const { told, until, minute } = watched(async () => {
    if (isFull) throw Object.assign(new Error('no space left'), { code: 'ENOSPC' })
  })
  await until('later: no space left')
  expect(readdirSync(folder)).toEqual([id])
  isFull = false
  minute()
  await until('drop-removed')
  expect(readdirSync(folder)).toEqual([])
  expect(told.filter((each) => each.startsWith('broken'))).toEqual([])
})

test.each([
  ['for a reason nobody knows is set aside after days of trying', undefined],
  ['because the disk is full waits for room, however long', 'ENOSPC'],
] as const)('what fails %s', async (_, code) => {
  const id = await leaveDrop(home, drop, Buffer.from('x'))
  const { told, until, minute, days } = watched(async () => {
    throw Object.assign(new Error('odd'), { code })
  })
  const fails = () => told.filter((each) => each === 'later: odd').length
  const tryAgain = async (times: number) => {
    for (let n = 0; n < times; n++) {
      const before = told.length
      minute()
      while (told.length < before + 2) await new Promise((done) => setImmediate(done))
    }
  }
  await until('later: odd')
  await tryAgain(120)
  expect(fails()).toBe(121)
  days(6)
  await tryAgain(1)
  expect(told.at(-1)).toBe(code ? 'later: odd' : `broken ${id}: tried for days: Error: odd`)
  await maildrop?.close()
  expect(readdirSync(folder)).toEqual([code ? id : `broken-${id}`])
})

test('one that is refused, or is none, is set aside, and what comes after it is taken', async () => {
  const id = await leaveDrop(home, drop, Buffer.from('x'))
  writeFileSync(join(folder, '00000000'), 'not a drop')
  const { until } = watched(async () => {
    throw new BrokenDrop('550 no')
  })
  await Promise.all([until('broken 00000000'), until(`broken ${id}: 550 no`)])
  await maildrop?.close()
  expect(readdirSync(folder).sort()).toEqual(['broken-00000000', `broken-${id}`])
})

test('a folder that cannot be read for a while ends nothing', async () => {
  mkdirSync(folder, { recursive: true })
  const { until, minute } = watched(async () => {})
  await rename(folder, `${folder}-away`)
  await until('later: ENOENT')
  mkdirSync(folder)
  await leaveDrop(home, drop, Buffer.from('x'))
  minute()
  await until('drop-removed')
})
