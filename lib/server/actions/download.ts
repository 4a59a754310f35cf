import 'server-only'
import { attachmentHeaders, sourceHeaders } from '../html/attachment'
import { downloadPart, downloadSource } from '../mail/download'
import { findFolder } from '../mail/mailboxes'
import type { Account } from '../mail/account'
import type { Place } from './opened'
import { readUpload } from './upload'

export interface Streamed {
  stream: ReadableStream<Uint8Array>
  headers: Record<string, string>
}

export const streamOf = (bytes: AsyncGenerator<Buffer>): ReadableStream<Uint8Array> =>
  new ReadableStream<Uint8Array>({
    pull: async (controller) => {
      const { done, value } = await bytes.next()
      if (done) controller.close()
      else controller.enqueue(new Uint8Array(value))
    },
    cancel: async () => void (await bytes.return(undefined)),
  })

interface Wanted {
  part: string
  wish: 'keep' | 'look'
}

export const openPart = async (
  { who, folder, message }: Place,
  { part, wish }: Wanted,
): Promise<Streamed> => {
  const { stream, ...about } = await downloadPart(who, {
    path: await findFolder(who, folder),
    id: message,
    part,
  })
  return { stream, headers: attachmentHeaders({ ...about, wish }) }
}

export const lookAtUpload = async (who: Account, id: string): Promise<Streamed> => {
  const { stream, name, type } = await readUpload(who, id)
  return { stream, headers: attachmentHeaders({ name, type, wish: 'look' }) }
}

export const openSource = async ({ who, folder, message }: Place): Promise<Streamed> => ({
  stream: await downloadSource(who, { path: await findFolder(who, folder), id: message }),
  headers: sourceHeaders,
})
