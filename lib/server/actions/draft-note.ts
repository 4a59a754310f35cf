import 'server-only'
import { z } from 'zod/mini'
import { type Address, isCompleteAddress } from '@/lib/model/address'
import { address } from '@/lib/model/header-address'
import { type Draft, draft as draftSchema, type Lineage, lineage } from '@/lib/model/draft'
import type { MessageId } from '@/lib/model/message-id'
import { countHeader, keyHeader, writerHeader } from '../mail/drafts'
import { headerOf } from '../mail/headers'

// What a draft knows and a message cannot say: addresses that are not finished, which message it answers, when it was
// to leave, and which draft it is.
// It stands in a header of the draft alone; what is sent is composed anew without it. It may have been written
// by anybody who can write to the folder, so it is read like any foreign text.

const noteHeader = 'X-Posthorn-Draft'

const note = z.object({
  to: z.array(address),
  cc: z.array(address),
  bcc: z.array(address),
  original: draftSchema.shape.original,
  wishes: draftSchema.shape.wishes,
  planned: draftSchema.shape.planned,
})
type Note = z.infer<typeof note>

const isWhole = ({ address }: Address): boolean => isCompleteAddress(address)
const unfinished = (all: Address[]): Address[] => all.filter((one) => !isWhole(one))

export const finished = (all: Address[]): Address[] => all.filter(isWhole)

const writeNote = ({ to, cc, bcc, original, wishes, planned }: Draft): string => {
  const open: Note = {
    to: unfinished(to),
    cc: unfinished(cc),
    bcc: unfinished(bcc),
    original,
    wishes,
    planned,
  }
  const bytes = Buffer.from(JSON.stringify(open)).toString('base64')
  return bytes.replace(/.{70}/g, '$& ')
}

/** What stands in a draft's head beside what every message says. */
export const noteHeaders = (draft: Draft): Record<string, string> => ({
  [noteHeader]: writeNote(draft),
  ...(draft.lineage ? lineageHeaders(draft.lineage) : {}),
})

const lineageHeaders = ({ key, writer, count }: Lineage): Record<string, string> => ({
  [keyHeader]: key,
  [writerHeader]: writer,
  ...(count === undefined ? {} : { [countHeader]: String(count) }),
})

const nothing: Note = { to: [], cc: [], bcc: [], original: null }

/** A draft that another program wrote has no key: the same one for everybody who opens it is made of its id. */
export const readLineage = (headers: Parameters<typeof headerOf>[0], message: MessageId): Lineage => {
  const [key, writer] = [keyHeader, writerHeader].map((name) => headerOf(headers, name.toLowerCase()).trim())
  const read = lineage.safeParse({ key, writer })
  return read.success ? read.data : { key: `of-draft-${message}-end`, writer: 'another-program' }
}

export const readNote = (headers: Parameters<typeof headerOf>[0]): Note => {
  const text = headerOf(headers, noteHeader.toLowerCase())
  try {
    const read = note.safeParse(JSON.parse(Buffer.from(text.replace(/\s+/g, ''), 'base64').toString('utf8')))
    return read.success ? read.data : nothing
  } catch {
    return nothing
  }
}
