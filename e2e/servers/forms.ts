// The forms in which docs/self-hosting.md says that Posthorn can stand behind a web server, and the lines of `sed` with which
// it makes each of them from the files of deploy/: taken from the page, and run as they stand there.
import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { repository } from './repository'

export type ProxyKind = 'nginx' | 'apache' | 'caddy'

export interface Form {
  kind: ProxyKind
  path: string
  prefix: 'kept' | 'stripped'
  /** A second one in front of it; or one that says who asks as RFC 7239 has it. */
  also?: 'nginx in front' | 'apache in front' | 'Forwarded'
}

const form = (kind: ProxyKind, path: string, prefix: Form['prefix'] = 'kept', also?: Form['also']): Form => ({
  kind,
  path,
  prefix,
  ...(also ? { also } : {}),
})

export const forms: Form[] = [
  ...(['nginx', 'apache', 'caddy'] as const).flatMap((kind) => [
    form(kind, '/webmail'),
    form(kind, '/webmail', 'stripped'),
    form(kind, '/'),
    form(kind, '/a/b'),
    form(kind, '/a/b', 'stripped'),
  ]),
  form('apache', '/webmail', 'kept', 'nginx in front'),
  form('nginx', '/a/b', 'kept', 'apache in front'),
  form('nginx', '/webmail', 'kept', 'Forwarded'),
]

export const nameOf = ({ kind, path, prefix, also }: Form): string =>
  `${kind} ${path}${prefix === 'kept' ? '' : ' stripped'}${also ? `, ${also}` : ''}`

const page = () => readFileSync(join(repository, 'docs', 'self-hosting.md'), 'utf8')

/** `sed -i ...` of the bullet with this title, behind the name of the web server where there is one for each. */
const sedOf = (title: string, kind: ProxyKind | null): string => {
  const bullet =
    page()
      .split(/^- (?=\*\*)/m)
      .find((text) => text.startsWith(`**${title}`)) ?? ''
  const named = { nginx: 'nginx', apache: 'Apache', caddy: 'Caddy' }
  const behind = kind ? bullet.slice(bullet.indexOf(`${named[kind]} \``)) : bullet
  const line = /`(sed -i [^`]+)`/.exec(behind)?.[1]
  if (!line) throw new Error(`docs/self-hosting.md: no sed for ${kind ?? 'all'} in "${title}"`)
  return line
}

const another = 'Another path'

export const sedsOf = ({ kind, path, prefix, also }: Form): string[] => [
  ...(prefix === 'stripped' ? [sedOf('The prefix stripped', kind)] : []),
  ...(path === '/' ? [sedOf('The whole host name', kind)] : []),
  ...(path === '/webmail' || path === '/' ? [] : [sedOf(another, null).replace('/a/b', path)]),
  ...(also === 'Forwarded' ? [sedOf('A proxy that says `Forwarded`', kind)] : []),
]

/** The one in front of another speaks TLS to it, at the same path. */
export const sedsInFront = (kind: 'nginx' | 'apache', path: string): string[] => [
  sedOf('A proxy in front of the proxy', kind),
  ...sedsOf({ kind, path, prefix: 'kept' }),
]

/** As an administrator does it, in a shell, on a file. */
export const edit = (file: string, seds: readonly string[]): void => {
  for (const sed of seds) execFileSync('sh', ['-c', `${sed} "$0"`, file])
}
