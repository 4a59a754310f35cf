import 'server-only'
import { createHash } from 'node:crypto'

// Pictures in the text of a message that leaves. Invariant: each `src` names a part of the same message (RFC 2392).
// One written into the HTML becomes such a part, because most mail programs show nothing else; one whose part is
// not there is left out, because it would be an empty box at the other end. The HTML is our own editor's.

export interface Picture {
  cid: string
  type: string
  content: Buffer
}

const written = /<img src="data:(image\/(?:png|jpeg|gif|webp));base64,([A-Za-z0-9+/=\s]*)"/g
const named = /<img src="cid:([^"<>]*)"[^<>]*>/g
const mostPictures = 100

/** `parts`: the Content-IDs of files that go along. */
export const picturesApart = (
  html: string,
  parts: readonly string[],
): { html: string; pictures: Picture[] } => {
  const known = new Set(parts)
  const pictures = new Map<string, Picture>()
  const apart = html.replace(written, (whole, type: string, body: string) => {
    const content = Buffer.from(body, 'base64')
    const cid = `${createHash('sha256').update(content).digest('hex').slice(0, 24)}@inline`
    if (!pictures.has(cid) && pictures.size >= mostPictures) return whole
    pictures.set(cid, { cid, type, content })
    return `<img src="cid:${cid}"`
  })
  const kept = apart.replace(named, (whole, cid: string) =>
    known.has(cid) || pictures.has(cid) ? whole : '',
  )
  return { html: kept, pictures: [...pictures.values()].filter(({ cid }) => !known.has(cid)) }
}

/** Whether a picture of this Content-ID stands in the text. */
export const textNames = (html: string, cid: string): boolean => html.includes(`<img src="cid:${cid}"`)
