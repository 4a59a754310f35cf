import { z } from 'zod/mini'
import { isCompleteAddress } from './address'

/** As it came; may be incomplete. */
export const address = z.object({ name: z.string(), address: z.string() })

export const sendableAddress = z.object({
  name: z.string().check(z.maxLength(500), z.regex(/^[^\u0000-\u001f\u007f]*$/)),
  address: z.string().check(z.refine(isCompleteAddress)),
})
