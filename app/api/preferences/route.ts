import { api } from '@/lib/model/api'
import { changePreferences, readPreferences, writePreferences } from '@/lib/server/actions/preferences'
import { endpoint } from '@/lib/server/endpoint'

export const GET = endpoint(api.readPreferences, (_, { who }) => readPreferences(who.key))
export const PUT = endpoint(api.writePreferences, (wanted, { who }) => writePreferences(who.key, wanted))
export const POST = endpoint(api.changePreferences, (change, { who }) => changePreferences(who.key, change))
