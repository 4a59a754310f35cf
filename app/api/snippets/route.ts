import { api } from '@/lib/model/api'
import { listSnippets, writeSnippets } from '@/lib/server/actions/writing'
import { endpoint } from '@/lib/server/endpoint'

const bodyLimit = 5_000_000

export const GET = endpoint(api.listSnippets, (_, { who }) => listSnippets(who.key))
export const PUT = endpoint(api.writeSnippets, ({ snippets }, { who }) => writeSnippets(who.key, snippets), {
  bodyLimit,
})
