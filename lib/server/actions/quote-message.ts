import 'server-only'
import type { Quotable } from '@/lib/model/message'
import { openWhole, type Place } from './opened'
import { quoted } from './quoted-pictures'

/** What a reply starts from. */
export const quoteMessage = async (place: Place): Promise<Quotable> => quoted(await openWhole(place))
