/** What swiping over a row of the list may do. */
export const swipeActions = ['archive', 'delete', 'junk', 'read', 'star', 'none'] as const
export type SwipeAction = (typeof swipeActions)[number]
