import { parseAddresses } from './addresses/parse'
import type { Start } from './desk'

const decode = (text: string): string => {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

const oneLine = (text: string): string => text.replace(/[\u0000-\u001f\u007f]+/g, ' ').trim()

interface Wish {
  to: string[]
  cc: string[]
  bcc: string[]
  subject: string
  body: string
}

/** A composer that starts from a mailto link (RFC 6068): only these fields; a link never attaches or sends. */
export function startFromMailto(href: string): Start {
  const [path = '', ...rest] = href
    .slice(0, 50_000)
    .replace(/^mailto:/i, '')
    .split('?')
  const query = rest.join('?')
  const wish: Wish = { to: [decode(path)], cc: [], bcc: [], subject: '', body: '' }
  for (const pair of query.split('&').slice(0, 100)) {
    const [name = '', ...value] = pair.split('=')
    // RFC 6068 section 5: a plus is a plus here, unlike in a form.
    put(wish, decode(name).toLowerCase(), decode(value.join('=')))
  }
  return startFrom(wish)
}

/** The same from `/compose?to=&subject=&body=`, whose query is a form's. */
export function startFromQuery(query: URLSearchParams): Start {
  const link = query.get('mailto') ?? query.get('url')
  if (link && /^mailto:/i.test(link)) return startFromMailto(link)
  const wish: Wish = { to: [], cc: [], bcc: [], subject: '', body: '' }
  for (const [name, value] of query) put(wish, name.toLowerCase(), value)
  return startFrom(wish)
}

function put(wish: Wish, name: string, value: string): void {
  if (name === 'to' || name === 'cc' || name === 'bcc') wish[name].push(value)
  else if (name === 'subject') wish.subject = value
  else if (name === 'body') wish.body = value
}

const startFrom = (wish: Wish): Start => ({
  kind: 'new',
  to: parseAddresses(wish.to.join(',')),
  cc: parseAddresses(wish.cc.join(',')),
  bcc: parseAddresses(wish.bcc.join(',')),
  subject: oneLine(wish.subject).slice(0, 2000),
  text: wish.body.replace(/\r\n?/g, '\n').slice(0, 50_000),
})
