import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { createPart, PartFailed, type Part } from './part'

let folder = ''
let part: Part | null = null
const said: string[] = []
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'posthorn-part-'))))
afterEach(async () => {
  await part?.stop()
  said.length = 0
  rmSync(folder, { recursive: true })
})

const partOf = (program: string) => {
  const script = join(folder, 'program.mjs')
  writeFileSync(script, program)
  part = createPart({
    name: 'thing',
    script,
    args: [],
    cwd: folder,
    env: { PATH: process.env.PATH },
    logFile: join(folder, 'thing.log'),
    echo: false,
    graceMs: 5000,
    say: (sentence) => said.push(sentence),
    settle: ({ port }) => ({ PORT: String(port) }),
  })
  return part
}

it('starts what crashed again, says why, and tells it what the first run settled', async () => {
  const thing = partOf(`
    const port = process.env.PORT ?? '4711'
    console.log(JSON.stringify({ event: 'ready', port }))
    if (process.env.PORT) setInterval(() => {}, 1000)
    else throw new RangeError('the disk is full of mice')`)
  expect(await thing.start()).toMatchObject({ port: '4711' })
  await vi.waitFor(() => expect(said).toHaveLength(2), 20_000)
  expect(said).toEqual([
    `The thing ended with code 1 (RangeError: the disk is full of mice); starting it again in 0.5 s. Why: ${join(folder, 'thing.log')}`,
    'The thing runs again.',
  ])
})

it('answers the start with the last words of what was never ready', async () => {
  const thing = partOf(`console.error('no room for me'); process.exit(3)`)
  const failure = await thing.start().catch((error: unknown) => error)
  expect(failure).toBeInstanceOf(PartFailed)
  expect((failure as Error).message).toBe('The thing ended with code 3.\nno room for me')
})
