// How a folder's list is looked at: in which order, what of it, and whether messages stand alone.

export const sorts = ['date', 'sender', 'subject', 'size', 'unread', 'starred', 'attachment'] as const
export const filters = ['all', 'unread', 'starred', 'attachment', 'to-me', 'contacts'] as const

export interface ListView {
  sort: (typeof sorts)[number]
  /** `usual`: newest, largest, unread, starred first, names and subjects from A; `reverse`: the other way round. */
  direction: 'usual' | 'reverse'
  filter: (typeof filters)[number]
  /** `conversations`: a row stands for all messages of a thread. */
  grouping: 'messages' | 'conversations'
}

export const usualView: ListView = {
  sort: 'date',
  direction: 'usual',
  filter: 'all',
  grouping: 'messages',
}

/** One word for a view; '' for the usual one, which is the mailbox itself, newest first. */
export const viewKey = ({ sort, direction, filter, grouping }: ListView): string =>
  sort === 'date' && direction === 'usual' && filter === 'all' && grouping === 'messages'
    ? ''
    : `${sort} ${direction} ${filter} ${grouping}`
