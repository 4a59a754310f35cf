// A file given to the web app as its own pages do: in pieces, each behind the other.
import { randomBytes } from 'node:crypto'
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
