import 'server-only'
import { domainToASCII, domainToUnicode } from 'node:url'

// Domains that are made to be taken for another one. What a person sees is compared, not what a resolver sees:
// letters are brought down to the Latin ones they look like (the idea of UTS #39 section 4, with a table of
// the letters that are sold as domains), and one letter more, less, changed or swapped is too near as well.

/** Each row: a Latin letter, then what looks like it. */
const rows = `a а ɑ α ａ|b Ь ƅ|c с ϲ ᴄ|d ԁ ɗ|e е ҽ є ℮|f ғ ƒ|g ɡ ց ǵ|h һ հ ḥ|i і í ı ι ɩ ӏ Ӏ l 1 | ǀ|j ј ϳ|k к κ ҝ|m м ṃ ｍ
  n п ո ռ ṇ|o о ο օ 0 ọ ӧ|p р ρ ṗ|q ԛ գ|r г ṛ|s ѕ ʂ ṣ|t т τ ţ|u υ ս ц|v ѵ ν ѷ|w ԝ ѡ ω ա|x х χ|y у ү ყ γ|z ᴢ ʐ`

const looksLike = new Map(
  rows
    .split(/[|\n](?=\s*[a-z] )/)
    .map((row) => row.trim().split(/\s+/))
    .flatMap(([latin = '', ...others]) => others.map((other) => [other, latin] as const)),
)

const unmarked = (text: string): string =>
  text
    .toLowerCase()
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')

const letters = (text: string): string =>
  Array.from(unmarked(text), (letter) => looksLike.get(letter) ?? letter).join('')

/** What a hurried eye makes of it. */
export const skeleton = (domain: string): string =>
  letters(domain).replaceAll('rn', 'm').replaceAll('vv', 'w').replaceAll('cl', 'd')

const shownForm = (domain: string): string => domainToUnicode(domain.toLowerCase()) || domain.toLowerCase()

/** One letter more, less, changed, or two neighbours swapped. */
export const isOneOff = (a: string, b: string): boolean => {
  if (a === b || Math.abs(a.length - b.length) > 1) return false
  let at = 0
  while (a[at] === b[at]) at++
  let end = 0
  while (end < Math.min(a.length, b.length) - at && a.at(-1 - end) === b.at(-1 - end)) end++
  const [left, right] = [a.slice(at, a.length - end), b.slice(at, b.length - end)]
  if (left.length <= 1 && right.length <= 1) return true
  return left.length === 2 && right.length === 2 && left === `${right[1]}${right[0]}`
}

// What strangers most often pretend to be.
const wellKnown = `adobe.com airbnb.com alibaba.com amazon.com americanexpress.com apple.com bankofamerica.com
  barclays.co.uk binance.com booking.com chase.com citibank.com coinbase.com commerzbank.de docusign.com dropbox.com
  ebay.com facebook.com fedex.com github.com google.com hsbc.com icloud.com instagram.com linkedin.com mastercard.com
  microsoft.com netflix.com office.com outlook.com paypal.com postbank.de revolut.com roblox.com salesforce.com
  santander.com shopify.com slack.com sparkasse.de spotify.com steampowered.com stripe.com telegram.org twitter.com
  usps.com visa.com wellsfargo.com whatsapp.com yahoo.com zoom.us`.split(/\s+/)

/** Shorter names have honest neighbours everywhere: gmail and mail, visa and vista. */
const shortestNearName = 6

/** The domain and its parents but the last label: `mail.paypa1.com`, `paypa1.com`. */
const endings = (domain: string): string[] => {
  const labels = domain.split('.')
  return labels
    .slice(0, -1)
    .map((_, at) => labels.slice(at).join('.'))
    .slice(-4)
}

const nameOf = (domain: string): string => domain.split('.')[0] ?? ''

const isNear = (domain: string, known: string): boolean =>
  nameOf(domain).length >= shortestNearName &&
  nameOf(known).length >= shortestNearName &&
  isOneOff(domain, known)

const skeletons = new Map<string, string>()
const mostKept = 20_000
const skeletonOf = (domain: string): string => {
  const kept = skeletons.get(domain)
  if (kept !== undefined) return kept
  const made = skeleton(domain)
  if (skeletons.size >= mostKept) skeletons.clear()
  skeletons.set(domain, made)
  return made
}

/** The known domain that this one could be taken for; '' for one that is known itself, or like none. */
export const lookAlikeOf = (domain: string, known: readonly string[]): string => {
  const shown = shownForm(domain)
  const all = [...known.map(shownForm), ...wellKnown]
  const asked = endings(shown)
  if (asked.length === 0 || asked.some((ending) => all.includes(ending))) return ''
  for (const ending of asked) {
    const sight = skeletonOf(ending)
    const found = all.find((one) => (skeletonOf(one) === sight || isNear(ending, one)) && one.includes('.'))
    if (found) return found
  }
  return ''
}

const scripts = [/\p{Script=Latin}/u, /\p{Script=Cyrillic}/u, /\p{Script=Greek}/u, /\p{Script=Armenian}/u]

/** Letters of several alphabets in one label, or foreign letters that together read as Latin ones. */
const isStrangeLabel = (label: string): boolean => {
  if (/^[\x20-\x7e]*$/.test(label)) return false
  if (scripts.filter((script) => script.test(label)).length > 1) return true
  const isForeign = !scripts[0]?.test(label) && scripts.some((script) => script.test(label))
  return isForeign && /^[a-z0-9-]+$/.test(letters(label))
}

/** The form without disguise (RFC 5891 section 4.4) of a domain whose letters are not what they seem; else ''. */
export const undisguised = (domain: string): string =>
  shownForm(domain).split('.').some(isStrangeLabel) ? domainToASCII(domain) : ''
