import 'server-only'
import { AppError } from '../model/errors'

/** The whole body, refused as soon as it is longer than allowed, whatever Content-Length said. */
export const readBody = async (request: Request, limit: number): Promise<Buffer> => {
  if (Number(request.headers.get('content-length') ?? 0) > limit) throw new AppError('too-large')
  if (!request.body) return Buffer.alloc(0)
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of request.body as unknown as AsyncIterable<Uint8Array>) {
    size += chunk.length
    if (size > limit) throw new AppError('too-large')
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}
