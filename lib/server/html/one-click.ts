import 'server-only'
import https from 'node:https'
import { type Reach, targetOf, theWeb } from './image-address'

// RFC 8058 section 3.2: one POST, without cookies or anything that tells who reads, and no redirect followed.
// The address is a stranger's: it goes through the same guard as remote images.

const body = 'List-Unsubscribe=One-Click'

export type Outcome = 'done' | 'refused'

interface Wish {
  reach?: Reach
  /** The person's second thought. */
  signal?: AbortSignal
}

export const postOneClick = async (url: URL, { reach = theWeb, signal }: Wish = {}): Promise<Outcome> => {
  if (url.protocol !== 'https:') return 'refused'
  const target = await targetOf(url.href, reach).catch(() => null)
  if (!target) return 'refused'
  const { address, family } = target
  return new Promise((done) => {
    const request = https.request(target.url, {
      method: 'POST',
      signal: AbortSignal.any([AbortSignal.timeout(reach.patienceMs), ...(signal ? [signal] : [])]),
      agent: false,
      // The address that was judged, not a second answer of the DNS.
      lookup: (_host, options, give) =>
        options.all ? give(null, [{ address, family }]) : give(null, address, family),
      headers: {
        'content-type': 'application/x-www-form-urlencoded',
        'content-length': Buffer.byteLength(body),
        'user-agent': 'Mozilla/5.0 (compatible; one-click unsubscribe)',
      },
      maxHeaderSize: 16_384,
    })
    request.once('response', (answer) => {
      const status = answer.statusCode ?? 0
      // What it says beside its status is for nobody.
      answer.destroy()
      done(status >= 200 && status < 300 ? 'done' : 'refused')
    })
    request.on('error', () => done('refused'))
    request.end(body)
  })
}
