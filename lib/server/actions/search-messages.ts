import 'server-only'
import { spoken } from '@/lib/i18n'
import { wordsFor } from '@/lib/i18n/all'
import { keywordOfName, labelNamed, sameKeyword, usualLabels } from '@/lib/model/label-name'
import { type Label } from '@/lib/model/label'
import { AppError } from '@/lib/model/errors'
import {
  parseSearch,
  type Query,
  type SearchPart,
  type SearchScope,
  type SearchWindow,
} from '@/lib/model/search'
import { log } from '../log'
import type { Account } from '../mail/account'
import { searchMail, streamMail } from '../mail/search/search'
import { listLabels } from '../user/labels'

interface Wanted {
  who: Account
  q: string
  folder: SearchScope
  offset: number
  limit: number
}

/** The usual labels are shown in the language that is spoken until they are named otherwise (lib/client/label-names.ts). */
const usualNamed = (labels: readonly Label[], typed: string): Label | undefined => {
  const kept = usualLabels.filter((usual) =>
    labels.some(({ keyword, name }) => sameKeyword(keyword, usual.keyword) && name === usual.name),
  )
  for (const language of spoken) {
    const { usual } = wordsFor(language).labels
    const named = kept.map((label) => ({ ...label, name: usual[label.keyword] ?? label.name }))
    const found = labelNamed(named, typed)
    if (found) return found
  }
  return undefined
}

/** A label is known to the person by its name, to the server by its keyword. */
const withKeywords = (query: Query, labels: readonly Label[]): Query => {
  if (query.kind === 'label') {
    const known = labelNamed(labels, query.label) ?? usualNamed(labels, query.label)
    return { kind: 'label', label: known?.keyword ?? keywordOfName(query.label) ?? query.label }
  }
  if (query.kind === 'not') return { kind: 'not', of: withKeywords(query.of, labels) }
  if (query.kind !== 'and' && query.kind !== 'or') return query
  return { kind: query.kind, of: query.of.map((one) => withKeywords(one, labels)) }
}

const searchOf = async (who: Account, q: string, scope: SearchScope) => {
  const parsed = parseSearch(q)
  if (!parsed.ok) return { problem: parsed.problem, search: null }
  const query = withKeywords(parsed.query, await listLabels(who.key))
  return { problem: null, search: { text: q, query, scope } }
}

const nothing = { total: 0, depth: 'all' } as const

/** A mistake in what was typed is an answer, with its place: nothing failed. */
export const searchMessages = async ({ who, q, folder, offset, limit }: Wanted): Promise<SearchWindow> => {
  const { problem, search } = await searchOf(who, q, folder)
  if (!search) return { ...nothing, hits: [], missed: [], problem, offset }
  return { problem: null, ...(await searchMail(who, { search, offset, limit })) }
}

type Line = SearchPart | { error: { code: AppError['code']; answer: string } }

/** What breaks when the answer has begun is its last line. */
async function* lines(parts: AsyncGenerator<SearchPart>): AsyncGenerator<Line> {
  try {
    yield* parts
  } catch (cause) {
    const known = cause instanceof AppError ? cause : new AppError('internal')
    if (known.code === 'internal') log().error({ event: 'search-failed', err: cause }, 'search failed')
    yield { error: { code: known.code, answer: known.answer } }
  }
}

const encoder = new TextEncoder()

interface Streamed extends Omit<Wanted, 'offset'> {
  /** Given what ends with the stream, what ends it. */
  during: (stream: AbortSignal) => AbortSignal
}

/** The same, told bit by bit while folders answer: a line of JSON each. Nobody reading it ends the search. */
export const streamSearch = async ({
  who,
  q,
  folder,
  limit,
  during,
}: Streamed): Promise<ReadableStream<Uint8Array>> => {
  const { problem, search } = await searchOf(who, q, folder)
  const over = new AbortController()
  const signal = during(over.signal)
  const parts = search
    ? await streamMail(who, { search, limit, signal }).catch((cause: unknown) => {
        // Nobody will read it: what was begun for it ends.
        over.abort()
        throw cause
      })
    : mistaken(problem)
  const told = lines(parts)
  return new ReadableStream<Uint8Array>({
    pull: async (controller) => {
      const { value, done } = await told.next()
      if (done || signal.aborted) {
        over.abort()
        return controller.close()
      }
      controller.enqueue(encoder.encode(`${JSON.stringify(value)}\n`))
    },
    cancel: () => over.abort(),
  })
}

async function* mistaken(problem: SearchWindow['problem']): AsyncGenerator<SearchPart> {
  yield { ...nothing, hits: [], missed: [], problem, offset: 0, going: null }
}
