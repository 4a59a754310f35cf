import { z } from 'zod/mini'

/** `eml`: the first message alone; `mbox` and `zip`: all of them in one file. */
export const exportFormat = z.enum(['eml', 'mbox', 'zip'])
export type ExportFormat = z.infer<typeof exportFormat>
