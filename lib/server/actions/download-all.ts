import 'server-only'
import { AppError } from '@/lib/model/errors'
import { zipHeaders } from '../html/attachment'
import { downloadPart } from '../mail/download'
import { findFolder } from '../mail/mailboxes'
import { safeFileName } from '../mail/shown'
import { distinctNames, type Entry, zip } from '../mail/zip'
import { type Streamed, streamOf } from './download'
import { openOnce, type Place } from './opened'

// All files of a message as one archive, made while it goes out: one part of one file is in memory at a time.

const mostFiles = 500
const mostBytes = 2_000_000_000

export const openAll = async (place: Place): Promise<Streamed> => {
  const { who, folder, message } = place
  const opened = await openOnce(place)
  const files = opened.attachments.filter(({ inline }) => !inline)
  const size = files.reduce((sum, file) => sum + file.size, 0)
  if (files.length === 0) throw new AppError('not-found')
  if (files.length > mostFiles || size > mostBytes) throw new AppError('too-large')
  const path = await findFolder(who, folder)
  const names = distinctNames(files.map(({ name }) => name))
  const entries = files.map(({ part }, at): Entry => {
    const bytes = async function* () {
      const { stream } = await downloadPart(who, { path, id: message, part })
      yield* stream as unknown as AsyncIterable<Uint8Array>
    }
    return { name: names[at] ?? part, bytes }
  })
  const when = new Date(opened.envelope.date || opened.arrived || Date.now())
  const name = safeFileName(
    `${opened.envelope.subject.slice(0, 100) || 'attachments'}.zip`,
    'application/zip',
  )
  return { stream: streamOf(zip(entries, when)), headers: zipHeaders(name) }
}
