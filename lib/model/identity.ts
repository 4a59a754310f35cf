import { z } from 'zod/mini'
import { sendableAddress } from './header-address'

// Whom somebody writes as. The first of the list is written as when nothing else decides.

const line = (most: number) => z.string().check(z.maxLength(most), z.regex(/^[^\u0000-\u001f\u007f]*$/))

export const identity = z.object({
  id: z.string().check(z.regex(/^[A-Za-z0-9_-]{1,40}$/)),
  ...sendableAddress.shape,
  /** Where answers go, when not to the address itself. */
  replyTo: z._default(z.nullable(sendableAddress.shape.address), null),
  /** Gets a copy of everything that is written so. */
  bcc: z._default(z.nullable(sendableAddress.shape.address), null),
  organisation: z._default(line(300), ''),
  /** HTML of our own editor, its pictures written into it; read by the editor's rules again before it is used. */
  signature: z._default(z.string().check(z.maxLength(400_000)), ''),
})
export type Identity = z.infer<typeof identity>

export const identities = z.array(identity).check(z.maxLength(50))

/** A text that is written often. `/shortcut` brings it where one types. */
export const snippet = z.object({
  id: z.string().check(z.regex(/^[A-Za-z0-9_-]{1,40}$/)),
  name: line(100),
  shortcut: z.string().check(z.regex(/^[\p{L}\p{N}_-]{0,40}$/u)),
  subject: line(500),
  html: z.string().check(z.maxLength(200_000)),
})
export type Snippet = z.infer<typeof snippet>

export const snippets = z.array(snippet).check(z.maxLength(200))
