// A file given to the web app as its own pages do: in pieces, each behind the other.
import { randomBytes } from 'node:crypto'
import { request, type ClientRequest } from 'node:http'
import type { Answer, Visitor } from './visitor'

export interface UploadedFile {
  id: string
  name: string
  type: string
  size: number
}

interface Given {
  name: string
  bytes: Buffer
}

export interface Piece {
  id: string
  name: string
  size: number
  from: number
  bytes: Buffer
}

export const putPiece = (visitor: Visitor, { id, name, size, from, bytes }: Piece): Promise<Answer> =>
  visitor.call(
    'PUT',
    `/uploads/${id}?${new URLSearchParams({ name, size: String(size), from: String(from) }).toString()}`,
    new Blob([new Uint8Array(bytes)]),
  )

export const uploaded = async (visitor: Visitor, { name, bytes }: Given): Promise<UploadedFile> => {
  const id = randomBytes(16).toString('hex')
  const answer = await putPiece(visitor, { id, name, size: bytes.length, from: 0, bytes })
  const { upload } = answer.body<{ upload: UploadedFile | null }>()
  if (!upload) throw new Error(`not uploaded: ${answer.status} ${answer.text}`)
  return upload
}

interface Opened extends Omit<Piece, 'bytes'> {
  url: string
}

/** A piece whose bytes the test sends when it likes; `status` is told when the server has answered. */
export const openPiece = (
  visitor: Visitor,
  { url, id, name, size, from }: Opened,
): { request: ClientRequest; status: Promise<number> } => {
  const query = new URLSearchParams({ name, size: String(size), from: String(from) }).toString()
  const opened = request(`${url}/api/uploads/${id}?${query}`, {
    method: 'PUT',
    headers: { 'x-posthorn': '1', cookie: visitor.cookie(), 'content-length': size - from },
  })
  const status = new Promise<number>((answered, failed) => {
    opened.once('response', (answer) => answered(answer.resume().statusCode ?? 0)).once('error', failed)
  })
  // Broken off on purpose it is nobody's fault.
  status.catch(() => undefined)
  return { request: opened, status }
}
