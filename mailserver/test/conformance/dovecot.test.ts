// The same dialogs against Debian's Dovecot: where both have an extension they must agree, or the case cites the
// paragraph by which ours is right.
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { password } from '../server'
import { dovecotMissing, startDovecot, type Dovecot } from '../support/dovecot'
import { dialogFiles, dialogFolder, hold, offeredBy, readCases, type Case } from './dialog'

const why = dovecotMissing()
let dovecot: Dovecot
let offered: ReadonlySet<string>
beforeAll(async () => {
  if (why) return
  dovecot = await startDovecot()
  offered = await offeredBy({ ...dovecot, password })
})
afterAll(() => dovecot?.close())

const judge = async (each: Case): Promise<void> => {
  if (each.differs === null) return hold({ ...dovecot, password }, each)
  // Some differences are that nothing is said: that is not waited for as long as an answer.
  const held = hold({ ...dovecot, password, patience: 3000 }, each)
  await expect(held, `Dovecot agrees by now: take out "differs ${each.differs}"`).rejects.toThrow()
}

for (const file of dialogFiles) {
  describe.skipIf(why).concurrent(why ?? file, () => {
    for (const each of readCases(join(dialogFolder, file))) {
      test(each.name, async ({ skip }) => {
        const absent = each.needs.filter((name) => !offered.has(name))
        skip(absent.length > 0, `Dovecot has no ${absent.join(', ')}`)
        await judge(each)
      })
    }
  })
}
