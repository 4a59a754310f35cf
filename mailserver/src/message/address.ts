// Address lists as ENVELOPE shows them (RFC 9051 section 7.5.2): display name, route, local part, host; groups as
// pairs of markers. Names stay as the sender encoded them (RFC 2047).
//
// A hand-written scanner without recursion: hostile lists (`g:g:g:…`, endless comments) cost linear time.
export type Address =
  | { kind: 'mailbox'; name: string | null; route: string | null; local: string; host: string | null }
  | { kind: 'group-start'; name: string }
  | { kind: 'group-end' }

const most = 10_000

type Token = { type: 'word' | 'quoted' | 'comment' | 'special'; text: string; spaced: boolean }

const closing = (text: string, from: number, open: string, close: string): number => {
  let depth = 0
  for (let at = from; at < text.length; at++) {
    const char = text[at]
    if (char === '\\') at++
    else if (char === open && open !== close) depth++
    else if (char === close) {
      if (open === close ? at > from : --depth === 0) return at
    }
  }
  return text.length
}

const unquote = (text: string) => text.replace(/\\([\s\S])/g, '$1')

const bareWord = /[^\s"(),:;<>@[\]]+/y

const tokens = (text: string): Token[] => {
  const found: Token[] = []
  let spaced = false
  for (let at = 0; at < text.length;) {
    const char = text[at]!
    if (/\s/.test(char)) {
      spaced = true
      at++
      continue
    }
    bareWord.lastIndex = at
    const bare = bareWord.exec(text)
    if (bare) {
      found.push({ type: 'word', text: bare[0], spaced })
      at += bare[0].length
    } else if (char === '"') {
      const end = closing(text, at, '"', '"')
      found.push({ type: 'quoted', text: unquote(text.slice(at + 1, end)), spaced })
      at = end + 1
    } else if (char === '(') {
      const end = closing(text, at, '(', ')')
      found.push({ type: 'comment', text: unquote(text.slice(at + 1, end)), spaced })
      at = end + 1
    } else if (char === '[') {
      const end = closing(text, at, '[', ']')
      found.push({ type: 'word', text: text.slice(at, end + 1), spaced })
      at = end + 1
    } else {
      found.push({ type: 'special', text: char, spaced })
      at++
    }
    spaced = false
  }
  return found
}

const phrase = (run: readonly Token[]): string =>
  run.reduce((text, token) => text + (text !== '' && token.spaced ? ' ' : '') + token.text, '')

/** `local@host`, or the whole as local part when there is no `@` (Dovecot and Cyrus give such a host as NIL too). */
const splitSpec = (run: readonly Token[]) => {
  const at = run.findLastIndex((token) => token.type === 'special' && token.text === '@')
  const join = (part: readonly Token[]) => part.map((token) => token.text).join('')
  if (at === -1) return { local: join(run), host: null }
  return { local: join(run.slice(0, at)), host: join(run.slice(at + 1)) }
}

const mailboxOf = (run: readonly Token[]): Address | null => {
  const solid = run.filter((token) => token.type !== 'comment')
  const note = run.find((token) => token.type === 'comment')?.text ?? null
  const isChar = (token: Token, char: string) => token.type === 'special' && token.text === char
  const open = solid.findIndex((token) => isChar(token, '<'))
  if (open === -1) {
    if (solid.length === 0) return null
    return { kind: 'mailbox', name: note, route: null, ...splitSpec(solid) }
  }
  const close = solid.findIndex((token, index) => index > open && isChar(token, '>'))
  let inside = solid.slice(open + 1, close === -1 ? undefined : close)
  let route: string | null = null
  const colon = inside.findIndex((token) => isChar(token, ':'))
  if (colon !== -1 && inside[0] && isChar(inside[0], '@')) {
    route = inside
      .slice(0, colon)
      .map((token) => token.text)
      .join('')
    inside = inside.slice(colon + 1)
  }
  const name = phrase(solid.slice(0, open)) || note
  return { kind: 'mailbox', name, route, ...splitSpec(inside) }
}

/** RFC 5322 section 3.4. What cannot be an address is left out; at most 5,000 are read. */
export const parseAddresses = (text: string): Address[] => {
  const found: Address[] = []
  let run: Token[] = []
  let inGroup = false
  let inAngle = false
  /** Kept, not looked for at each comma: `<a a a …@,,,…` must cost linear time. */
  let hasAt = false
  const flush = () => {
    const mailbox = mailboxOf(run)
    if (mailbox) found.push(mailbox)
    run = []
    hasAt = false
  }
  for (const token of tokens(text)) {
    if (found.length >= most) break
    const char = token.type === 'special' ? token.text : ''
    if (char === '<') inAngle = true
    if (char === '>') inAngle = false
    if (char === ',' && !(inAngle && hasAt)) flush()
    else if (char === ':' && !inAngle && !inGroup) {
      found.push({ kind: 'group-start', name: phrase(run.filter((one) => one.type !== 'comment')) })
      run = []
      hasAt = false
      inGroup = true
    } else if (char === ';' && !inAngle) {
      flush()
      if (inGroup) found.push({ kind: 'group-end' })
      inGroup = false
    } else {
      run.push(token)
      hasAt ||= token.text === '@'
    }
  }
  flush()
  if (inGroup) found.push({ kind: 'group-end' })
  return found
}
