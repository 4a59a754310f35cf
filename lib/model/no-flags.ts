import type { Flags } from './flags'

export const noFlags: Flags = {
  seen: false,
  flagged: false,
  answered: false,
  forwarded: false,
  draft: false,
  keywords: [],
}
