// The server-sent events of one visitor, as they come.
import type { Visitor } from './visitor'

export interface HeardEvents {
  /** The types, in order. */
  types(): string[]
  /** The server closed it. */
  ended: Promise<void>
  leave(): void
}

export const hearEvents = async (web: { url: string }, visitor: Visitor): Promise<HeardEvents> => {
  const leaving = new AbortController()
  const answer = await fetch(`${web.url}/api/events`, {
    headers: { cookie: visitor.cookie() },
    signal: leaving.signal,
  })
  if (!answer.ok || !answer.body) throw new Error(`no events: ${answer.status}`)
  const types: string[] = []
  const read = async (body: ReadableStream<Uint8Array>) => {
    let rest = ''
    for await (const chunk of body.pipeThrough(new TextDecoderStream() as never) as AsyncIterable<string>) {
      const lines = (rest + chunk).split('\n')
      rest = lines.pop() ?? ''
      for (const line of lines)
        if (line.startsWith('data: ')) types.push((JSON.parse(line.slice(6)) as { type: string }).type)
    }
  }
  const ended = read(answer.body).catch(() => undefined)
  return { types: () => [...types], ended, leave: () => leaving.abort() }
}
