import 'server-only'
import ICAL from 'ical.js'
import { mostGroups, newContact } from '@/lib/model/contact'
import type { FullContact, NewContact } from '@/lib/model/contact'

// Contacts as files (RFC 6350 and the older kinds). A file is anybody's: its cards are cut apart first, so that one
// that cannot be understood costs only itself, and whatever is long or holds bytes (photos, keys) is left out
// before it is parsed.

export const mostCards = 20_000
const longestLine = 100_000
const mostLines = 500
const longestRest = 60_000
const bytesIn = /^(?:[\w-]+\.)?(?:PHOTO|LOGO|SOUND|KEY|AGENT)[;:]/i

type Property = [name: string, params: Record<string, unknown>, type: string, ...values: unknown[]]

/** One at a time: ten million line ends are no list of as many. */
function* linesOf(text: string): Generator<string> {
  for (let from = 0; from <= text.length;) {
    const found = text.indexOf('\n', from)
    const end = found < 0 ? text.length : found
    yield text.slice(from, end > from && text[end - 1] === '\r' ? end - 1 : end)
    from = end + 1
  }
}

/** The cards of a file; null for one that is not understood. One pass: no file makes it look twice. */
export function* readCards(text: string): Generator<NewContact | null> {
  let card: string[] | null = null
  let count = 0
  for (const line of linesOf(text)) {
    if (/^BEGIN:VCARD\s*$/i.test(line)) card = []
    else if (/^END:VCARD\s*$/i.test(line) && card) {
      if (++count > mostCards) return
      yield readCard(card)
      card = null
    } else card?.push(line)
  }
}

const readCard = (lines: string[]): NewContact | null => {
  try {
    const [, properties] = ICAL.parse(plainCard(lines)) as unknown as [string, Property[]]
    return contactFrom(properties)
  } catch {
    return null
  }
}

/**
 * RFC 6350 section 3.2: a line that begins with white space goes on from the one before. Quoted-printable ends one
 * in `=` for that (vCard 2.1 section 2.1.3); base64 ends so as well, and is over.
 */
const unfold = (lines: string[]): string[] => {
  const whole: string[][] = []
  let quoted = false
  for (const line of lines) {
    const open = whole.at(-1)
    if (open && quoted && open.at(-1)?.endsWith('=')) {
      open[open.length - 1] = open.at(-1)!.slice(0, -1)
      open.push(line)
    } else if (open && /^[ \t]/.test(line)) open.push(line.slice(1))
    else {
      whole.push([line])
      quoted = /^[^:]{0,200}QUOTED-PRINTABLE[^:]{0,200}:/i.test(line.slice(0, 500))
    }
  }
  return whole.map((parts) => parts.join(''))
}

const plainCard = (lines: string[]): string => {
  const kept = unfold(lines).filter(
    (line) => line.length < longestLine && !bytesIn.test(line) && line.trim() !== '',
  )
  return ['BEGIN:VCARD', ...kept.slice(0, mostLines).map(plainLine), 'END:VCARD'].join('\r\n')
}

/** What vCard 2.1 writes in its own way, as the later ones do: bare types, quoted-printable. */
const plainLine = (line: string): string => {
  const colon = line.indexOf(':')
  const [name = '', ...params] = line.slice(0, colon).split(';')
  if (colon < 0 || params.length === 0 || /^(BEGIN|END|VERSION)$/i.test(name)) return line
  const quoted = params.some((param) => /^(ENCODING=)?QUOTED-PRINTABLE$/i.test(param))
  const types = params.filter((param) => !param.includes('=') && !/^QUOTED-PRINTABLE$/i.test(param))
  const others = params.filter((param) => param.includes('=') && !/^(ENCODING|CHARSET)=/i.test(param))
  const head = [name, ...others, ...(types.length > 0 ? [`TYPE=${types.join(',')}`] : [])].join(';')
  const value = line.slice(colon + 1)
  return `${head}:${quoted ? unquoted(value) : value}`
}

const unquoted = (value: string): string =>
  Buffer.from(
    value.replace(/=([0-9A-F]{2})/gi, (_, hex: string) => String.fromCharCode(parseInt(hex, 16))),
    'latin1',
  )
    .toString('utf8')
    .replace(/\r?\n/g, '\\n')

const shown = new Set('version prodid rev fn email tel org title bday note categories'.split(' '))

const oneLine = (text: string, most: number): string =>
  text
    .replace(/[\u0000-\u001f\u007f]+/g, ' ')
    .trim()
    .slice(0, most)

const contactFrom = (properties: Property[]): NewContact | null => {
  const textsOf = (name: string, most: number): string[] =>
    properties
      .filter(([one]) => one === name)
      .slice(0, 50)
      .flatMap(([, , , ...values]) =>
        values.map((value) => (Array.isArray(value) ? value.join(', ') : value)),
      )
      .map((value) => oneLine(String(value), most))
      .filter(Boolean)
  const note = properties.find(([name]) => name === 'note')?.[3]
  const read = newContact.safeParse({
    name: textsOf('fn', 500)[0] || nameOfParts(properties),
    addresses: [...new Set(textsOf('email', 320).map((text) => text.replace(/^mailto:/i, '')))]
      .filter((text) => newContact.safeParse({ name: '', addresses: [text] }).success)
      .slice(0, 50),
    groups: [...new Set(textsOf('categories', 100))].slice(0, mostGroups),
    details: {
      organisation: textsOf('org', 300)[0] ?? '',
      title: textsOf('title', 300)[0] ?? '',
      phones: textsOf('tel', 100)
        .map((phone) => phone.replace(/^tel:/i, ''))
        .slice(0, 20),
      birthday: textsOf('bday', 40)[0] ?? '',
      note: String(note ?? '').slice(0, 10_000),
      rest: restOf(properties),
    },
  })
  return read.success ? read.data : null
}

/** RFC 6350 section 6.2.2: family, given, additional, prefixes, suffixes. */
const nameOfParts = (properties: Property[]): string => {
  const parts = properties.find(([name]) => name === 'n')?.[3]
  if (!Array.isArray(parts)) return oneLine(String(parts ?? ''), 500)
  const [family = '', given = '', more = '', before = '', after = ''] = parts.map(String)
  return oneLine([before, given, more, family, after].filter(Boolean).join(' '), 500)
}

const restOf = (properties: Property[]): string => {
  const rest = JSON.stringify(properties.filter(([name]) => !shown.has(name)))
  return rest.length > longestRest ? '' : rest
}

export const writeCard = ({ name, addresses, groups, details }: FullContact): string => {
  const { organisation, title, phones, birthday, note } = details
  const rest = restIn(details.rest)
  const text = (property: string, value: string): Property[] => (value ? [[property, {}, 'text', value]] : [])
  const all: Property[] = [
    ['version', {}, 'text', '3.0'],
    ['fn', {}, 'text', name || addresses[0] || ''],
    ...(rest.some(([one]) => one === 'n') ? [] : [nameProperty(name)]),
    ...addresses.flatMap((address) => text('email', address)),
    ...phones.flatMap((phone) => text('tel', phone)),
    ...text('org', organisation),
    ...text('title', title),
    ...text('bday', birthday),
    ...text('note', note),
    ...(groups.length > 0 ? [['categories', {}, 'text', ...groups] satisfies Property] : []),
    ...rest,
  ]
  // A value that says its type where none is said elsewhere is read by few.
  return `${ICAL.stringify(['vcard', all, []] as never).replace(/^(BDAY|TEL);VALUE=TEXT:/gm, '$1:')}\r\n`
}

/** RFC 2426 section 3.1.2 wants the parts; of a name that was typed as one, the last word is the family's. */
const nameProperty = (name: string): Property => {
  const words = name.split(' ')
  const family = words.length > 1 ? (words.pop() ?? '') : ''
  return ['n', {}, 'text', [family, words.join(' '), '', '', '']]
}

const token = /^[a-z0-9-]{1,60}$/i
const plain = (value: unknown): unknown =>
  Array.isArray(value) ? value.map(plain) : String(value).replace(/[\u0000-\u0009\u000b-\u001f\u007f]/g, '')

/** What is kept beside came through the browser: only properties, and none that could begin another line. */
const restIn = (text: string): Property[] => {
  try {
    const all = JSON.parse(text || '[]') as unknown
    return Array.isArray(all) ? all.flatMap(propertyIn) : []
  } catch {
    return []
  }
}

const propertyIn = (one: unknown): Property[] => {
  if (!Array.isArray(one) || one.length < 4) return []
  const [name, params, type, ...values] = one as unknown[]
  if (typeof name !== 'string' || typeof type !== 'string') return []
  if (!token.test(name) || !token.test(type) || shown.has(name)) return []
  const kept = Object.entries((params ?? {}) as object).filter(([key]) => token.test(key))
  const lines = type === 'unknown' ? values.map((value) => oneLine(String(value), 10_000)) : values.map(plain)
  return [[name, Object.fromEntries(kept.map(([key, value]) => [key, plain(value)])), type, ...lines]]
}
