import { z } from 'zod/mini'

// IMAP flags in our words. Keywords pass through untouched: they are opaque (DESIGN.md decision 1).
export const flags = z.object({
  seen: z.boolean(),
  flagged: z.boolean(),
  answered: z.boolean(),
  forwarded: z.boolean(),
  draft: z.boolean(),
  keywords: z.array(z.string()),
})
export type Flags = z.infer<typeof flags>

export const flagName = z.enum(['seen', 'flagged', 'answered', 'forwarded'])
export type FlagName = z.infer<typeof flagName>
