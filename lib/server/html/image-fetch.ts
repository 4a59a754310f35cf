import 'server-only'
import http from 'node:http'
import https from 'node:https'
import { AppError } from '@/lib/model/errors'
import { once } from '../once'
import { type Reach, type Target, targetOf, theWeb } from './image-address'
import { rasterOf } from './image-type'

// A remote image, fetched in nobody's name: no cookie, no referrer, no language, and our address instead of
// the reader's. Bounded in time, size, redirects and in how many at once; kept for an hour.

export interface Image {
  type: string
  bytes: Buffer
}

const mostBytes = 10_000_000
const mostRedirects = 5
const mostAtOnce = 24
const mostKeptBytes = 48_000_000
const keepMs = 3_600_000

const unwanted = (): AppError => new AppError('not-found')

type Answer = { redirect: string } | { bytes: Buffer }

const read = (answer: http.IncomingMessage): Promise<Buffer> =>
  new Promise((done, failed) => {
    const chunks: Buffer[] = []
    let size = 0
    answer.on('data', (chunk: Buffer) => {
      size += chunk.length
      if (size > mostBytes) answer.destroy(new AppError('too-large'))
      else chunks.push(chunk)
    })
    answer.once('end', () => done(Buffer.concat(chunks)))
    answer.once('error', failed)
    answer.once('aborted', () => failed(unwanted()))
  })

const ask = ({ url, address, family }: Target, signal: AbortSignal): Promise<Answer> =>
  new Promise((done, failed) => {
    const secure = url.protocol === 'https:'
    const request = (secure ? https : http).get(url, {
      signal,
      agent: false,
      // The address that was judged, not a second answer of the DNS.
      lookup: (_host, options, give) =>
        options.all ? give(null, [{ address, family }]) : give(null, address, family),
      headers: {
        accept: 'image/avif,image/webp,image/png,image/jpeg,image/gif,*/*;q=0.1',
        'accept-encoding': 'identity',
        'user-agent': 'Mozilla/5.0 (compatible; mail image proxy)',
      },
      maxHeaderSize: 16_384,
    })
    request.once('error', failed)
    request.once('response', (answer) => {
      const status = answer.statusCode ?? 0
      const location = answer.headers.location
      const declared = Number(answer.headers['content-length'] ?? 0)
      if (status >= 300 && status < 400 && location) {
        answer.destroy()
        if (URL.canParse(location, url)) done({ redirect: new URL(location, url).href })
        else failed(unwanted())
      } else if (status !== 200 || declared > mostBytes) {
        answer.destroy()
        failed(declared > mostBytes ? new AppError('too-large') : unwanted())
      } else read(answer).then((bytes) => done({ bytes }), failed)
    })
  })

/** A resolver knows no signal. */
const inTime = <T>(answer: Promise<T>, signal: AbortSignal): Promise<T> =>
  new Promise((done, failed) => {
    signal.addEventListener('abort', () => failed(unwanted()), { once: true })
    answer.then(done, failed)
  })

const follow = async (address: string, reach: Reach, signal: AbortSignal): Promise<Image> => {
  let at = address
  for (let hops = 0; hops <= mostRedirects; hops++) {
    const answer = await ask(await inTime(targetOf(at, reach), signal), signal)
    if ('redirect' in answer) at = answer.redirect
    else {
      const raster = rasterOf(answer.bytes)
      if (!raster) throw unwanted()
      return { type: raster.type, bytes: answer.bytes }
    }
  }
  throw unwanted()
}

interface Kept {
  image: Promise<Image>
  bytes: number
  until: number
}
const state = once('image-proxy', () => ({ kept: new Map<string, Kept>(), running: 0 }))

const evict = (): void => {
  const now = Date.now()
  let sum = 0
  for (const [key, { bytes, until }] of [...state.kept].reverse()) {
    sum += bytes
    if (until < now || sum > mostKeptBytes) state.kept.delete(key)
  }
}

const start = async (address: string, reach: Reach): Promise<Image> => {
  if (state.running >= mostAtOnce) throw new AppError('too-busy', '', { retryAfterSeconds: 2 })
  state.running++
  try {
    return await follow(address, reach, AbortSignal.timeout(reach.patienceMs))
  } catch (cause) {
    // Which host refused, and how, is nothing the page may learn about the network we stand in.
    throw cause instanceof AppError ? cause : unwanted()
  } finally {
    state.running--
  }
}

export const fetchImage = (address: string, reach: Reach = theWeb): Promise<Image> => {
  const known = state.kept.get(address)
  if (known && known.until > Date.now()) return known.image
  const entry: Kept = { image: start(address, reach), bytes: 0, until: Date.now() + keepMs }
  state.kept.set(address, entry)
  entry.image.then(
    ({ bytes }) => {
      entry.bytes = bytes.length
      evict()
    },
    () => state.kept.delete(address),
  )
  return entry.image
}
