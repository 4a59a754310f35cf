import 'server-only'
import { z } from 'zod/mini'
import { type Address, isCompleteAddress } from '@/lib/model/address'
import { address } from '@/lib/model/header-address'
import { type Draft, draft as draftSchema } from '@/lib/model/draft'

// What a draft knows and a message cannot say: addresses that are not finished, and which message it answers.
// It stands in a header of the draft alone; what is sent is composed anew without it. It may have been written
// by anybody who can write to the folder, so it is read like any foreign text.

export const noteHeader = 'X-Posthorn-Draft'

const note = z.object({
  to: z.array(address),
  cc: z.array(address),
  bcc: z.array(address),
  original: draftSchema.shape.original,
  wishes: draftSchema.shape.wishes,
})
type Note = z.infer<typeof note>

const isWhole = ({ address }: Address): boolean => isCompleteAddress(address)
const unfinished = (all: Address[]): Address[] => all.filter((one) => !isWhole(one))

export const finished = (all: Address[]): Address[] => all.filter(isWhole)

export const writeNote = ({ to, cc, bcc, original, wishes }: Draft): string => {
  const open: Note = { to: unfinished(to), cc: unfinished(cc), bcc: unfinished(bcc), original, wishes }
  const bytes = Buffer.from(JSON.stringify(open)).toString('base64')
  return bytes.replace(/.{70}/g, '$& ')
}

const nothing: Note = { to: [], cc: [], bcc: [], original: null }

export const readNote = (text: string): Note => {
  try {
    const read = note.safeParse(JSON.parse(Buffer.from(text.replace(/\s+/g, ''), 'base64').toString('utf8')))
    return read.success ? read.data : nothing
  } catch {
    return nothing
  }
}
