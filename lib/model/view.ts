import { z } from 'zod/mini'

// How a folder's list is looked at: in which order, what of it, and whether messages stand alone.

export const sorts = ['date', 'sender', 'subject', 'size', 'unread', 'starred', 'attachment'] as const
export const filters = ['all', 'unread', 'starred', 'attachment', 'to-me', 'contacts'] as const

export const listView = z.object({
  sort: z._default(z.enum(sorts), 'date'),
  /** `usual`: newest, largest, unread, starred first, names and subjects from A; `reverse`: the other way round. */
  direction: z._default(z.enum(['usual', 'reverse']), 'usual'),
  filter: z._default(z.enum(filters), 'all'),
  /** `conversations`: a row stands for all messages of a thread. */
  grouping: z._default(z.enum(['messages', 'conversations']), 'messages'),
})
export type ListView = z.infer<typeof listView>

export const usualView: ListView = listView.parse({})

/** One word for a view; '' for the usual one, which is the mailbox itself, newest first. */
export const viewKey = ({ sort, direction, filter, grouping }: ListView): string =>
  sort === 'date' && direction === 'usual' && filter === 'all' && grouping === 'messages'
    ? ''
    : `${sort} ${direction} ${filter} ${grouping}`
