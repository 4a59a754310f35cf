import { z } from 'zod/mini'
import { filters, sorts, usualView } from './view'

/** What is not said is as usual. */
export const listView = z.object({
  sort: z._default(z.enum(sorts), usualView.sort),
  direction: z._default(z.enum(['usual', 'reverse']), usualView.direction),
  filter: z._default(z.enum(filters), usualView.filter),
  grouping: z._default(z.enum(['messages', 'conversations']), usualView.grouping),
})
