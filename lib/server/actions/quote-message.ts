import 'server-only'
import type { Quotable } from '@/lib/model/message'
import { quotableOf } from '../html/quote'
import { openWhole, type Place } from './opened'

/** What a reply starts from. */
export const quoteMessage = async (place: Place): Promise<Quotable> =>
  quotableOf((await openWhole(place)).shown)
