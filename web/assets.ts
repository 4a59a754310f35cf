import { createReadStream } from 'node:fs'
import { readdir, stat } from 'node:fs/promises'
import { extname, join, relative, sep } from 'node:path'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { pipeline } from 'node:stream'
import type { BuildCopy } from './build-copy'
import { withoutDocumentHeaders } from './headers'
import type { HandleFirst } from './serve'

// The files of the build, in front of Next, which would send them as they lie there: four times as many bytes. The
// copy holds each beside its compressed forms (build-copy.ts). What may be asked for is listed once at start, so no
// path of a request ever reaches the file system. Files of earlier builds are given, too: a tab that was open over an
// upgrade loads its parts from the build that drew it.

const types: Record<string, string> = {
  '.js': 'application/javascript; charset=UTF-8',
  '.css': 'text/css; charset=UTF-8',
  '.json': 'application/json; charset=UTF-8',
  '.txt': 'text/plain; charset=UTF-8',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
  '.ico': 'image/x-icon',
  '.png': 'image/png',
}

/** By what a browser says it reads (RFC 9110 section 12.5.3), the smallest first. */
const encodings = [
  { name: 'br', ending: '.br' },
  { name: 'gzip', ending: '.gz' },
] as const

/** The name of a file of the build is made of its content; of a font it is not, and those have not changed in years. */
const keptFor = { build: 'public, max-age=31536000, immutable', fonts: 'public, max-age=2592000' }

interface Form {
  path: string
  size: number
  encoding: string | null
}

interface Asset {
  type: string
  keep: string
  /** The best first; the last is the file itself. */
  forms: Form[]
}

const filesUnder = async (folder: string): Promise<Map<string, number>> => {
  const entries = await readdir(folder, { withFileTypes: true, recursive: true }).catch(() => [])
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name))
  return new Map(await Promise.all(files.map(async (path) => [path, (await stat(path)).size] as const)))
}

const assetsUnder = async (at: { folder: string; url: string; keep: string }): Promise<[string, Asset][]> => {
  const files = await filesUnder(at.folder)
  return [...files].flatMap(([path, size]) => {
    const type = types[extname(path)]
    if (!type) return []
    const packed = encodings.flatMap(({ name, ending }) => {
      const small = files.get(path + ending)
      return small === undefined ? [] : [{ path: path + ending, size: small, encoding: name }]
    })
    const url = `${at.url}/${relative(at.folder, path).split(sep).map(encodeURIComponent).join('/')}`
    return [[url, { type, keep: at.keep, forms: [...packed, { path, size, encoding: null }] }]]
  })
}

const reads = (request: IncomingMessage, encoding: string | null): boolean =>
  encoding === null ||
  String(request.headers['accept-encoding'] ?? '')
    .split(',')
    .some((one) => one.trim().split(';')[0] === encoding && !/;\s*q=0(\.0+)?\s*$/.test(one))

const send = (asset: Asset, request: IncomingMessage, response: ServerResponse): Promise<void> => {
  const form = asset.forms.find(({ encoding }) => reads(request, encoding))
  if (!form) throw new Error('an asset without its file')
  withoutDocumentHeaders(response)
  response.setHeader('content-type', asset.type)
  response.setHeader('cache-control', asset.keep)
  response.setHeader('vary', 'Accept-Encoding')
  response.setHeader('content-length', form.size)
  if (form.encoding) response.setHeader('content-encoding', form.encoding)
  return new Promise((done) => pipeline(createReadStream(form.path), response, () => done()))
}

export const assetsOf = async (
  { folder, earlier }: Pick<BuildCopy, 'folder' | 'earlier'>,
  prefix: string,
): Promise<HandleFirst> => {
  const builds = [...earlier, folder].map((copy) =>
    assetsUnder({
      folder: join(copy, '.next', 'static'),
      url: `${prefix}/_next/static`,
      keep: keptFor.build,
    }),
  )
  const assets = new Map([
    ...(await Promise.all(builds)).flat(),
    ...(await assetsUnder({
      folder: join(folder, 'public', 'fonts'),
      url: `${prefix}/fonts`,
      keep: keptFor.fonts,
    })),
  ])
  return (request, response) => {
    const asset =
      request.method === 'GET' ? assets.get((request.url ?? '').split('?', 1)[0] ?? '') : undefined
    return asset ? send(asset, request, response) : null
  }
}
