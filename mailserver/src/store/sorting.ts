// The columns SORT and THREAD are answered from, one narrow row a content, made when it arrives.
//
// Invariants:
//  - Every content has its row once `fillSorting` has resolved; until then those older than the table may lack it.
//  - Rows are made in slices within the lane, each its own commit: a death costs one slice.
import { breathe, type Context } from './context'
import type { Kin, Page, SortText, UserStore } from './contract'
import type { Facts } from './facts'
import { sortKeysOf, type SortKeys } from './sort-keys'

const insert = (ctx: Context, content: number, keys: SortKeys): void => {
  ctx
    .q(
      `insert or ignore into sorting (content, sent, subject, answer, sender, recipient, copied, shown_sender,
       shown_recipient, ancestry) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    )
    .run(
      ...[content, keys.sent, keys.subject, keys.kind === 'answer' ? 1 : 0, keys.sender, keys.recipient],
      ...[keys.copied, keys.shownSender, keys.shownRecipient, keys.ancestry],
    )
}

export const insertSorting = (ctx: Context, content: number, facts: Facts): void =>
  insert(ctx, content, facts.sorting)

interface Old {
  id: number
  sent: number | null
  envelope: string
  ancestry: string | null
}

const keysOfOld = ({ sent, envelope, ancestry }: Old): SortKeys => {
  const [own, ...ancestors] = ancestry?.split(' ') ?? []
  const isKnown = ancestry !== null
  return sortKeysOf(envelope, {
    sent,
    messageId: own === undefined || own === '-' ? null : own,
    ancestors: isKnown ? ancestors : null,
  })
}

const perSlice = 100

/** Makes the rows of one slice; answers the last content it looked at, or null when there is none left. */
const fillSlice = (ctx: Context, after: number, upTo: number): number | null => {
  const some = ctx
    .q<Old>(
      `select id, content.sent, envelope, content.ancestry from content
       left join sorting on sorting.content = content.id
       where id > ? and id <= ? and sorting.content is null order by id limit ?`,
    )
    .all(after, upTo, perSlice)
  ctx.db.transaction(() => {
    for (const old of some) insert(ctx, old.id, keysOfOld(old))
    if (some.length < perSlice) ctx.q("update meta set value = 0 where key = 'unsorted'").run()
  })()
  return some.length < perSlice ? null : some[some.length - 1]!.id
}

export const fillSorting = async (ctx: Context, isClosed: () => boolean): Promise<void> => {
  const upTo = ctx.q("select value from meta where key = 'unsorted'").pluck().get() as number
  if (upTo === 0) return
  for (let after: number | null = 0; after !== null;) {
    const from: number = after
    after = await ctx.lane.run(async () => fillSlice(ctx, from, upTo))
    await breathe()
    if (isClosed()) return
  }
}

export const readNumbers = (
  ctx: Context,
  mailbox: number,
  { which, from, to }: { which: 'uid' | 'content' | 'internal' | 'size'; from: number; to: number },
): number[] =>
  ctx
    .q(`select ${which} from message where mailbox = ? and uid between ? and ? order by uid`)
    .pluck()
    .all(mailbox, from, to) as number[]

type RawKin = [content: number, sent: number | null, subject: string, answer: number, ancestry: string]

const kinOf = ([content, sent, subject, answer, ancestry]: RawKin): Kin => {
  const [own = '-', ...ancestors] = ancestry.split(' ')
  const messageId = own === '-' ? null : own
  return { content, sent, subject, kind: answer ? 'answer' : 'original', messageId, ancestors }
}

export const sortingOf = (ctx: Context, filled: Promise<void>): UserStore['sorting'] => {
  const page = (columns: string) =>
    ctx.q(`select ${columns} from sorting where content > ? order by content limit ?`)
  const column = <T>(name: string, { after, limit }: Page) => page(name).pluck().all(after, limit) as T[]
  return {
    sortable: () => filled,
    lastContent: () => (ctx.q('select max(content) from sorting').pluck().get() as number | null) ?? 0,
    contents: (asked) => column('content', asked),
    texts: (which: SortText, asked) => column(which, asked),
    dates: (asked) => column('sent', asked),
    kin: ({ after, limit }) =>
      (page('content, sent, subject, answer, ancestry').raw().all(after, limit) as RawKin[]).map(kinOf),
  }
}
