// THREAD (RFC 5256 section 3)
import { define, ok, selected, type Reply } from '../command'
import { readCharset, readSearch, type SearchTree } from '../grammar/search-keys'
import { writeThreads } from '../order/forest'
import { orderedSubject } from '../order/ordered-subject'
import { references } from '../order/references'
import { gather } from '../order/thread'
import type { Session } from '../session'
import type { Scanner } from '../wire/scanner'
import type { By } from './copy'
import { findMessages } from './search-program'

const algorithms = { ORDEREDSUBJECT: orderedSubject, REFERENCES: references } as const

interface Wish {
  algorithm: keyof typeof algorithms
  tree: SearchTree
}

const readWish = (scanner: Scanner): Wish => {
  scanner.space()
  const word = scanner.word('a threading algorithm')
  const algorithm =
    word === 'REFERENCES' || word === 'ORDEREDSUBJECT' ? word : scanner.fail('REFERENCES or ORDEREDSUBJECT')
  scanner.space()
  const charset = readCharset(scanner)
  scanner.space()
  const tree = readSearch(scanner, charset)
  scanner.end()
  return { algorithm, tree }
}

const run =
  (by: By) =>
  async (session: Session, { algorithm, tree }: Wish): Promise<Reply> => {
    const view = session.selected
    const all = await gather(session, await findMessages(session, tree))
    const threads = await algorithms[algorithm](all, () => session.out.breathe())
    const uidAt = (index: number) => all.uids[index] as number
    const text = writeThreads(threads, by === 'uid' ? uidAt : (index) => view.numberOf(uidAt(index)))
    session.untagged(text === '' ? 'THREAD' : `THREAD ${text}`)
    return ok('threaded')
  }

export const thread = define({
  name: 'THREAD',
  states: selected,
  capabilities: Object.keys(algorithms).map((name) => `THREAD=${name}`),
  expunges: 'wait',
  parse: readWish,
  run: run('sequence'),
})
export const uidThread = define({ name: 'UID THREAD', states: selected, parse: readWish, run: run('uid') })
