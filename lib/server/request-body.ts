import 'server-only'
import { AppError } from '../model/errors'

/** Who changes networks says no goodbye, and TCP may not notice for hours. */
const silentMs = 30_000

/** The client left before the end of its request: nothing of ours failed, and nobody reads the answer. */
export class SenderLeft extends AppError {
  constructor(cause?: unknown) {
    super('connection-lost', '', { cause })
  }
  static override [Symbol.hasInstance](value: unknown): boolean {
    return value instanceof AppError && 'left' in value
  }
  readonly left = 'sender'
}

/** A body as it comes; its sender counts as gone when nothing came for a while, or when `over` says so. */
export async function* arriving(
  body: ReadableStream<Uint8Array>,
  over?: AbortSignal,
): AsyncGenerator<Uint8Array> {
  const reader = body.getReader()
  let lost = false
  const giveUp = () => {
    lost = true
    reader.cancel().catch(() => undefined)
  }
  if (over?.aborted) giveUp()
  over?.addEventListener('abort', giveUp, { once: true })
  try {
    for (;;) {
      const silence = setTimeout(giveUp, silentMs)
      const { value, done } = await reader
        .read()
        .catch((cause: unknown) => {
          throw new SenderLeft(cause)
        })
        .finally(() => clearTimeout(silence))
      if (lost) throw new SenderLeft()
      if (done) return
      yield value
    }
  } finally {
    over?.removeEventListener('abort', giveUp)
    reader.cancel().catch(() => undefined)
  }
}

/** The whole body, refused as soon as it is longer than allowed, whatever Content-Length said. */
export const readBody = async (
  request: Pick<Request, 'body'> & { headers: Pick<Headers, 'get'> },
  limit: number,
): Promise<Buffer> => {
  if (Number(request.headers.get('content-length') ?? 0) > limit) throw new AppError('too-large')
  if (!request.body) return Buffer.alloc(0)
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of arriving(request.body)) {
    size += chunk.length
    if (size > limit) throw new AppError('too-large')
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}
