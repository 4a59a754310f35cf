import { api } from '@/lib/model/api'
import { openDraft } from '@/lib/server/actions/open-draft'
import { endpoint } from '@/lib/server/endpoint'

export const GET = endpoint(api.openDraft, (place, { who }) => openDraft({ who, ...place }))
