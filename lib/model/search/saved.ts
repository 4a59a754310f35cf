import { z } from 'zod/mini'
import { searchScope } from './found'
import { longestSearch } from './query'

export const savedSearch = z.object({
  id: z.string().check(z.minLength(1), z.maxLength(40)),
  name: z.string().check(z.minLength(1), z.maxLength(100)),
  text: z.string().check(z.minLength(1), z.maxLength(longestSearch)),
  scope: searchScope,
})
export type SavedSearch = z.infer<typeof savedSearch>
