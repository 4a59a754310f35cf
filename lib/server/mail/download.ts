import 'server-only'
import { AppError } from '@/lib/model/errors'
import type { MessageId } from '@/lib/model/message-id'
import type { Account } from './account'
import { fetchItems, isFlagNews, uidOfFetch } from './data'
import { knowMessages } from './facts'
import { uidsOf } from './place'
import { withSelected } from './pool'
import { attachmentOf, safeFileName } from './shown'
import { everyPart, type Part } from './structure'
import { decoderFor } from './transfer-stream'
import { bytesOf as uuBytes, type InTextName, inTextOf, takeOut } from './uuencode'
import { atom, bytesOf, sequence } from './wire'

// Bytes of any size, in pieces. Each piece is a job of its own, so that a slow download never keeps a
// connection from the person's next click, and memory holds one piece.

export interface Download {
  name: string
  type: string
  /** Estimated; the stream has the word. */
  size: number
  /** The type says text, and this is its charset. */
  charset: string
  stream: ReadableStream<Uint8Array>
}

interface Place {
  path: string
  id: MessageId
}

const pieceBytes = 256 * 1024

const fetchPiece = (who: Account, { path, id }: Place, section: string, from: number): Promise<Buffer> =>
  withSelected(who, { path, effect: 'read' }, async (connection, selected) => {
    const [uid = 0] = uidsOf(selected, [id])
    let piece: Buffer | null = null
    const item = {
      type: 'ATOM',
      value: 'BODY.PEEK',
      section: section ? [atom(section)] : [],
      partial: [from, pieceBytes],
    }
    await connection.run('UID FETCH', [sequence(String(uid)), [atom('UID'), item]], {
      FETCH: ({ tokens }) => {
        const items = fetchItems(tokens)
        if (uidOfFetch(items) !== uid || isFlagNews(items)) return
        piece = bytesOf(items.get(`BODY[${section}]`)) ?? Buffer.alloc(0)
      },
    })
    if (!piece) throw new AppError('message-gone')
    return piece
  })

const streamOf = (
  who: Account,
  place: Place,
  section: string,
  encoding: string,
): ReadableStream<Uint8Array> => {
  const decoder = decoderFor(encoding)
  let from = 0
  const source: UnderlyingDefaultSource<Uint8Array> = {
    // A piece may decode to nothing; pull goes on until there is something to give.
    async pull(controller) {
      for (;;) {
        const piece = await fetchPiece(who, place, section, from)
        from += piece.length
        const last = piece.length < pieceBytes
        const decoded = Buffer.concat([decoder.write(piece), last ? decoder.end() : Buffer.alloc(0)])
        if (decoded.length > 0) controller.enqueue(new Uint8Array(decoded))
        if (last) controller.close()
        if (last || decoded.length > 0) return
      }
    },
  }
  // Nothing is fetched before somebody reads.
  return new ReadableStream(source, { highWaterMark: 0 })
}

const findPart = (who: Account, { path, id }: Place, wanted: string): Promise<Part> =>
  withSelected(who, { path, effect: 'read' }, async (connection, selected) => {
    const [known] = await knowMessages(connection, who, uidsOf(selected, [id]))
    if (!known) throw new AppError('message-gone')
    const part = everyPart(known.facts.structure).find(
      ({ part, type }) => part === wanted && !type.startsWith('multipart/'),
    )
    if (!part) throw new AppError('not-found')
    return part
  })

const mostText = 12 * 1024 * 1024

/** A file that stands in a text is found by reading the text again. */
const downloadFromText = async (
  who: Account,
  place: Place,
  { part, index }: InTextName,
): Promise<Download> => {
  const { type, encoding } = await findPart(who, place, part)
  if (type !== 'text/plain') throw new AppError('not-found')
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of streamOf(who, place, part, encoding) as unknown as AsyncIterable<Uint8Array>) {
    chunks.push(chunk)
    size += chunk.length
    if (size > mostText) break
  }
  const file = takeOut(Buffer.concat(chunks).toString('latin1')).files[index]
  if (!file) throw new AppError('not-found')
  const stream = new Blob([new Uint8Array(uuBytes(file))]).stream()
  const name = safeFileName(file.name, '')
  return { name, type: 'application/octet-stream', size: file.size, charset: '', stream }
}

export const downloadPart = async (who: Account, place: Place & { part: string }): Promise<Download> => {
  const inText = inTextOf(place.part)
  if (inText) return downloadFromText(who, place, inText)
  const part = await findPart(who, place, place.part)
  const { name, type, size } = attachmentOf(part)
  const stream = streamOf(who, place, part.part, part.encoding)
  return { name, type, size, charset: part.params.charset ?? '', stream }
}

/** The message as it came (RFC 5322), undecoded. */
export const downloadSource = async (who: Account, place: Place): Promise<ReadableStream<Uint8Array>> =>
  streamOf(who, place, '', '8bit')
