// After a kill: opens the store again and holds it to what the child acknowledged.
import { expect } from 'vitest'
import { createStore } from '../../src/store'
import type { Holding, Step } from './plan'
import { tokenOf } from './plan'

export interface Ledger {
  /** Acknowledged, and no later call began on it. */
  sure: Map<string, Holding>
  flagged: Set<string>
  expunged: Set<string>
  /** Every (box, uid) ever acknowledged or seen, and the message it named. */
  given: Map<string, string>
  validity: Map<string, number>
}

export const newLedger = (): Ledger => ({
  sure: new Map(),
  flagged: new Set(),
  expunged: new Set(),
  given: new Map(),
  validity: new Map(),
})

const note = (ledger: Ledger, box: string, uid: number, token: string) => {
  const key = `${box} ${uid}`
  const before = ledger.given.get(key)
  expect(before === undefined || before === token, `UID ${key} named ${before}, now ${token}`).toBe(true)
  ledger.given.set(key, token)
}

/** Enters the child's lines; answers what it had begun and not finished. */
export const readLines = (ledger: Ledger, output: string): Map<string, Step> => {
  const open = new Map<string, Step>()
  for (const line of output.split('\n').slice(0, -1)) {
    const [word, json] = [line.slice(0, line.indexOf(' ')), line.slice(line.indexOf(' ') + 1)]
    if (word === 'ready') continue
    const step = JSON.parse(json) as Step
    if (word === 'begin') {
      open.set(step.token, step)
      continue
    }
    open.delete(step.token)
    if (step.kind === 'flag') ledger.flagged.add(step.token)
    if (step.kind === 'expunge') {
      ledger.sure.delete(step.token)
      ledger.expunged.add(step.token)
    } else {
      ledger.sure.set(step.token, { token: step.token, box: step.box, uid: step.uid })
      note(ledger, step.box, step.uid, step.token)
    }
  }
  return open
}

const judgeToken = (ledger: Ledger, token: string, found: Holding[], open: Step | undefined) => {
  const sure = ledger.sure.get(token)
  if (!sure) {
    // Begun and never acknowledged: there or not, but never twice.
    expect(found.length, `${token} unacknowledged`).toBeLessThanOrEqual(1)
    return
  }
  if (open?.kind === 'expunge') return expect(found.length, `${token} being expunged`).toBeLessThanOrEqual(1)
  expect(
    found.length,
    `${token} acknowledged in ${sure.box} ${sure.uid}, found ${JSON.stringify(found)}`,
  ).toBe(1)
  if (open?.kind === 'move') return expect([open.from, open.box], token).toContain(found[0]!.box)
  return expect(found[0], token).toEqual(sure)
}

export const judge = async (folder: string, ledger: Ledger, open: Map<string, Step>): Promise<Holding[]> => {
  const store = createStore({ folder })
  const user = store.open('alice@posthorn.test')
  const found = new Map<string, Holding[]>()
  for (const box of user.mailboxes()) {
    await user.refresh(box.id)
    const before = ledger.validity.get(box.name)
    expect(box.uidValidity, `UIDVALIDITY of ${box.name}`).toBe(before ?? box.uidValidity)
    ledger.validity.set(box.name, box.uidValidity)
    const rows = user.rows(box.id)
    const counted = user.mailboxById(box.id)!
    expect(counted.messages, `count of ${box.name}`).toBe(rows.length)
    expect(counted.unseen).toBe(rows.filter(({ flags }) => !flags.includes('\\Seen')).length)
    for (const row of rows) {
      const bytes = await user.read(box.id, row.uid)
      expect(bytes.length).toBe(row.size)
      const token = tokenOf(bytes)
      expect(token, `${box.name} ${row.uid} is torn`).not.toBeNull()
      note(ledger, box.name, row.uid, token!)
      if (ledger.flagged.has(token!)) expect(row.flags, `${token} was flagged`).toContain('\\Flagged')
      found.set(token!, [...(found.get(token!) ?? []), { token: token!, box: box.name, uid: row.uid }])
    }
  }
  for (const token of new Set([...ledger.sure.keys(), ...found.keys(), ...open.keys()])) {
    judgeToken(ledger, token, found.get(token) ?? [], open.get(token))
  }
  for (const token of ledger.expunged) expect(found.has(token), `${token} came back`).toBe(false)
  // What the queue would do: deliver again what it was not told of.
  for (const step of open.values()) {
    if (step.kind !== 'deliver') continue
    const { uid, mailbox } = await user.deliver(step.box, {
      source: Buffer.from(''),
      deliveryId: step.token,
    })
    const there = found.get(step.token)?.[0]
    if (there) expect(uid, `${step.token} delivered twice`).toBe(there.uid)
    else {
      await user.setFlags(mailbox, [uid], { how: 'add', flags: ['\\Deleted'] })
      await user.expunge(mailbox, [uid])
      ledger.given.set(`${step.box} ${uid}`, 'filler')
    }
  }
  await store.close()
  const holdings = [...found.values()].flat()
  ledger.sure = new Map(holdings.map((one) => [one.token, one]))
  return holdings
}
