import type { App } from '@/lib/client/app'
import { people } from '@/lib/client/contacts'
import type { Address } from '@/lib/model/address'
import type { Contact } from '@/lib/model/contact'
import type { LetterState } from '../letter'

// Recipients that may be a slip: an address at a domain one letter off one that is known, and somebody new in an
// answer to people one knows. Both are only asked about; what is meant is said once.

// Where most mail of strangers goes to.
const usual =
  `aol.com bluewin.ch btinternet.com comcast.net email.com fastmail.com freenet.de gmail.com gmx.at gmx.ch
  gmx.com gmx.de gmx.net googlemail.com hotmail.co.uk hotmail.com hotmail.de hotmail.es hotmail.fr hotmail.it
  hushmail.com icloud.com inbox.com laposte.net libero.it live.com live.de live.fr live.nl mac.com mail.com mail.de
  mail.ru mailbox.org me.com msn.com naver.com online.de orange.fr outlook.com outlook.de outlook.es outlook.fr
  posteo.de proton.me protonmail.com qq.com rocketmail.com seznam.cz t-online.de tutanota.com web.de yahoo.co.jp
  yahoo.co.uk yahoo.com yahoo.de yahoo.es yahoo.fr yahoo.it yandex.com yandex.ru ymail.com zoho.com`.split(
    /\s+/,
  )

const domainOf = (address: string): string => address.slice(address.lastIndexOf('@') + 1).toLowerCase()

/** One letter more, less, changed, or two neighbours swapped. */
export function isOneOff(a: string, b: string): boolean {
  if (a === b || Math.abs(a.length - b.length) > 1) return false
  let start = 0
  while (start < Math.min(a.length, b.length) && a[start] === b[start]) start++
  let end = 0
  while (end < Math.min(a.length, b.length) - start && a.at(-1 - end) === b.at(-1 - end)) end++
  const [left, right] = [a.slice(start, a.length - end), b.slice(start, b.length - end)]
  if (left.length <= 1 && right.length <= 1) return true
  return left.length === 2 && right.length === 2 && left === `${right[1]}${right[0]}`
}

/** Shorter names have honest neighbours everywhere. */
const shortest = 5
const nameOf = (domain: string): string => domain.split('.')[0] ?? ''
/** Nobody knows more, and each recipient is compared with all of them. */
const mostKnown = 5000

/** A mailbox that knows more is not copied for each recipient. */
function firstOf(known: ReadonlySet<string>): string[] {
  const first: string[] = []
  for (const domain of known) {
    if (first.length >= mostKnown) break
    first.push(domain)
  }
  return first
}

/** The known domain that was meant, perhaps; '' where it is known itself, or like none. */
export function nearDomainOf(address: string, known: ReadonlySet<string>): string {
  const domain = domainOf(address)
  if (known.has(domain) || usual.includes(domain)) return ''
  const candidates = [...firstOf(known), ...usual]
  return (
    candidates.find((one) => nameOf(one).length >= shortest && domain.length > 5 && isOneOff(domain, one)) ??
    ''
  )
}

const isKnown = ({ source, uses }: Contact): boolean => source === 'added' || uses > 1

interface Compared {
  own: string
  known: ReadonlySet<string>
  /** What each domain seems to mean. */
  near: Map<string, string>
}
const mostCompared = 5000
const compared = new WeakMap<readonly Contact[], Compared>()

/**
 * Domains of people one put among the contacts or wrote to more than once; a slip made once teaches nothing. Read
 * once for each list of contacts, because this is asked at every change of a letter.
 */
function comparedWith(list: readonly Contact[], app: App): Compared {
  const own = domainOf(app.person.address)
  const before = compared.get(list)
  if (before?.own === own && before.near.size < mostCompared) return before
  const found = list.filter(isKnown).flatMap(({ addresses }) => addresses.map(domainOf))
  const made = { own, known: new Set([own, ...found]), near: new Map<string, string>() }
  compared.set(list, made)
  return made
}

function nearOnce(address: string, { known, near }: Compared): string {
  const domain = domainOf(address)
  const meant = near.get(domain) ?? nearDomainOf(address, known)
  near.set(domain, meant)
  return meant
}

export interface Near {
  who: Address
  domain: string
}

type Writing = Pick<LetterState, 'to' | 'cc' | 'bcc' | 'meant'>

export function nearDomains({ to, cc, bcc, meant }: Writing, app: App): Near[] {
  const all = comparedWith(people.get().list, app)
  return [...to, ...cc, ...bcc].flatMap((who) => {
    const domain = meant.has(who.address.toLowerCase()) ? '' : nearOnce(who.address, all)
    return domain ? [{ who, domain }] : []
  })
}

/** How many one has to know for somebody else to stand out among them. */
const fewKnown = 2

/** In an answer: somebody one never wrote to, among people one usually writes to. */
export function strangersAmong(list: readonly Address[], known: readonly Contact[]): Address[] {
  const uses = new Map(
    known.flatMap((one) =>
      one.addresses.map((address) => [address.toLowerCase(), isKnown(one) ? 2 : one.uses] as const),
    ),
  )
  const usesOf = ({ address }: Address): number => uses.get(address.toLowerCase()) ?? 0
  const strangers = list.filter((who) => usesOf(who) === 0)
  const usualOnes = list.filter((who) => usesOf(who) > 1)
  return usualOnes.length >= fewKnown && strangers.length < usualOnes.length ? strangers : []
}
