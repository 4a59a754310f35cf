// Every operator alone and any combined, by real servers, against a plain evaluation of the letters as they were put
// there. `npm run test:long -- search` asks thousands; a difference is printed as it was typed, with the seed.
import { expect, it } from 'vitest'
import { folderIdOfPath } from '@/lib/model/folder-id'
import { type SearchScope, treeScope } from '@/lib/model/search'
import { searchMessages } from '../../actions/search-messages'
import { onServers } from '../../testing/on-servers'
import { chance, type Lettered, makeShelf, middayOf, putShelf } from '../../testing/search/shelf'
import { alone, combined, type Wish } from '../../testing/search/wishes'
import { searchesOf, seedOf } from '../../testing/settings'

const seed = seedOf()
const { letters, searches, values } = searchesOf()
const midday = middayOf(new Date())
const shelf = await makeShelf(letters, seed)

const work = folderIdOfPath('Work')
const scopes: Record<SearchScope, (folder: string) => boolean> = {
  everywhere: () => true,
  inbox: (folder) => folder === 'INBOX',
  [work]: (folder) => folder === 'Work',
  [treeScope(work)]: (folder) => folder.startsWith('Work'),
}
const inMail = (folder: string): boolean => folder !== 'Junk' && folder !== 'Trash'

/** Junk and Trash are left out, unless the person says where to look. */
const isSought = (letter: Lettered, { holds, placed }: Wish, scope: SearchScope): boolean =>
  (scopes[scope] ?? (placed === 'yes' ? () => true : inMail))(letter.folder) && holds(letter)

const expected = (shelf: readonly Lettered[], wish: Wish, scope: SearchScope): string[] =>
  shelf
    .filter((letter) => isSought(letter, wish, scope))
    .toSorted((a, b) => b.at.getTime() - a.at.getTime())
    .map(({ id }) => id)

const withNames = (letter: Lettered): Lettered => ({
  ...letter,
  body: [letter.body, ...letter.files].join('\n'),
})

const tellAtMost = 20

const operatorOf = ({ typed }: Wish): string => typed.split(':', 1)[0]?.toLowerCase() ?? ''

/** In the sample of `npm test` two values of each operator. */
const someOf = (leaves: readonly Wish[], most: number): Wish[] => {
  const dice = chance(seed)
  const operators = [...new Set(leaves.filter(({ typed }) => typed.includes(':')).map(operatorOf))]
  const words = leaves.filter(({ typed }) => !typed.includes(':'))
  const groups = [words, ...operators.map((name) => leaves.filter((wish) => operatorOf(wish) === name))]
  return groups.flatMap((group) => dice.shuffled(group).slice(0, most))
}

onServers({ what: 'operators', seed: ({ other }) => putShelf(other, shelf) }, (at) => {
  // To ours the names of files are words of the letter; to Dovecot nothing but its text is.
  const held = at.kind === 'posthorn' ? shelf.map(withNames) : shelf

  const found = async (q: string, folder: SearchScope): Promise<string[]> => {
    const { hits, total, problem } = await searchMessages({
      who: at.who,
      q,
      folder,
      offset: 0,
      limit: letters,
    })
    if (problem) return [`not understood: ${problem.code} at ${problem.at}`]
    return total === hits.length
      ? hits.map(({ row }) => row.subject.split(' ').at(-1) ?? '')
      : [`${hits.length} of ${total} hits`]
  }

  /** What is missing and what should not be there, per search. */
  const differences = async (wishes: Iterable<[Wish, SearchScope]>): Promise<string[]> => {
    const wrong: string[] = []
    for (const [wish, scope] of wishes) {
      const [should, is] = [expected(held, wish, scope), await found(wish.typed, scope)]
      if (should.join() === is.join()) continue
      const missing = should.filter((id) => !is.includes(id))
      const more = is.filter((id) => !should.includes(id))
      wrong.push(`${scope}: ${wish.typed}\n  missing ${missing.join(' ')}; too many ${more.join(' ')}`)
      if (wrong.length === tellAtMost) break
    }
    return wrong
  }

  const leaves = alone(shelf, midday)

  it(`each operator alone (seed ${seed})`, async () => {
    expect(await differences(someOf(leaves, values).map((wish) => [wish, 'mail']))).toEqual([])
  }, 120_000)

  it(`${searches} combined (seed ${seed})`, async () => {
    const dice = chance(seed + 1)
    const ask = (): [Wish, SearchScope] => [
      combined(dice, leaves),
      dice.one(['mail', 'mail', 'mail', ...Object.keys(scopes)]),
    ]
    const asked = Array.from({ length: searches }, ask).filter(([{ typed }]) => typed.length <= 1000)
    // Or it would prove nothing: some find everything and some nothing, but not most.
    const telling = asked.filter(([wish, scope]) => expected(held, wish, scope).length > 0)
    expect(telling.length).toBeGreaterThan(asked.length / 4)
    expect(await differences(asked)).toEqual([])
    console.log(`searches on ${at.kind}: ${asked.length}`)
  }, 3_600_000)
})
