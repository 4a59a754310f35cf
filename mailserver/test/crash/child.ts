// Works on a store as hard as it can and says what it began and what was acknowledged, until it is killed.
// Lines on stdout: `begin <json>` before a call, `done <json>` after its promise resolved.
import { existsSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { createStore } from '../../src/store'
import type { UserStore } from '../../src/store/contract'
import { bytesOf, type Holding, type Step } from './plan'

const [folder, seedText, holdingText] = process.argv.slice(2) as [string, string, string]
const say = (word: 'begin' | 'done' | 'ready', step?: Step) =>
  writeSync(1, `${word} ${step ? JSON.stringify(step) : ''}\n`)

let seed = Number(seedText)
/** Park-Miller: the same seed makes the same steps. */
const random = (below: number): number => {
  seed = (seed * 48271) % 2147483647
  return seed % below
}
const store = createStore({ folder })
let user: UserStore
const boxes = ['INBOX', 'Archive', 'Trash']
const idOf = (name: string) => user.mailbox(name)!.id
const held: Holding[] = JSON.parse(holdingText)
let made = 0

const arrive = async (): Promise<void> => {
  const token = `${seedText}-${made++}`
  const box = boxes[random(3)]!
  const kind = random(2) ? 'deliver' : 'append'
  const source = bytesOf(token, random(20_000))
  const step: Step = { kind, token, box, uid: 0 }
  say('begin', step)
  const uid =
    kind === 'deliver'
      ? (await user.deliver(box, { source, deliveryId: token })).uid
      : (await user.append(idOf(box), [{ source, flags: random(2) ? ['\\Seen', 'kept'] : [] }])).uids[0]!
  say('done', { ...step, uid })
  held.push({ token, box, uid })
}

const relocate = async (one: Holding): Promise<void> => {
  const box = boxes.filter((each) => each !== one.box)[random(2)]!
  const step: Step = { kind: 'move', token: one.token, from: one.box, box, uid: 0 }
  say('begin', step)
  const uid = (await user.move(idOf(one.box), [one.uid], idOf(box))).uids[0]!
  say('done', { ...step, uid })
  held.push({ ...one, box, uid })
}

const flag = async (one: Holding): Promise<void> => {
  const step: Step = { kind: 'flag', token: one.token, box: one.box, uid: one.uid }
  say('begin', step)
  await user.setFlags(idOf(one.box), [one.uid], { how: 'add', flags: ['\\Flagged', `k${random(5)}`] })
  say('done', step)
  held.push(one)
}

const expunge = async (one: Holding): Promise<void> => {
  const step: Step = { kind: 'expunge', token: one.token, box: one.box, uid: one.uid }
  say('begin', step)
  await user.setFlags(idOf(one.box), [one.uid], { how: 'add', flags: ['\\Deleted'] })
  await user.expunge(idOf(one.box), [one.uid])
  say('done', step)
}

const work = async (): Promise<never> => {
  for (;;) {
    const one = random(3) ? held.splice(random(Math.max(1, held.length)), 1)[0] : undefined
    if (!one) await arrive()
    else await [relocate, flag, flag, expunge][random(4)]!(one)
  }
}

const main = async () => {
  if (seed % 5 === 0 && existsSync(join(folder, 'alice@posthorn.test'))) {
    say('ready')
    for (;;) await store.reindex('alice@posthorn.test')
  }
  user = store.open('alice@posthorn.test')
  say('ready')
  await Promise.all(Array.from({ length: 8 }, work))
}
void main()
