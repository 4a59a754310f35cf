import { api } from '@/lib/model/api'
import { saveDraft } from '@/lib/server/actions/save-draft'
import { endpoint } from '@/lib/server/endpoint'

// Two bodies of five million characters, and what surrounds them.
const bodyLimit = 12_000_000

export const PUT = endpoint(api.saveDraft, ({ draft }, { who }) => saveDraft({ who, draft }), { bodyLimit })
