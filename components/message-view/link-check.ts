// Links whose text names one host and lead to another: the oldest trick of all. Only what plainly is an address is
// taken for one, because a warning that is often wrong is not read.

export interface Misleading {
  /** What the text says. */
  said: string
  /** Where it leads. */
  host: string
  href: string
}

const longestText = 300
// Written without a scheme, "report.pdf" and "Node.js" are names of things: only endings that are hardly ever that.
const endings = new Set(
  `com net org edu gov mil int info biz name pro io co app dev me tv eu uk de fr it es nl be at ch se no dk fi ie pt cz
  sk hu ro gr tr ru ua by lt lv ee us ca mx br ar cl au nz jp cn kr tw hk sg in id my th vn za ng ke il ae sa ir
  online shop store site bank cloud agency example test рф xn--p1ai`.split(/\s+/),
)
const withScheme = /^https?:\/\/(?:[^\s/?#@]*@)?([^\s/?#:@]+)/iu
const bare = /^((?:[\p{L}\p{N}-]{1,63}\.)+[\p{L}\p{N}-]{2,63})(?=[/:?#]|$)/iu

const hostSaid = (text: string): string => {
  // Letters without width hide a host from us and not from an eye.
  const plain = text
    .slice(0, longestText)
    .replace(/[\u00ad\u200b-\u200f\u2060-\u2064\ufeff]/g, '')
    .trim()
  const [, schemed = ''] = withScheme.exec(plain) ?? []
  if (schemed) return schemed.includes('.') ? schemed : ''
  const [, host = ''] = /\s/.test(plain) ? [] : (bare.exec(plain) ?? [])
  return endings.has(host.slice(host.lastIndexOf('.') + 1).toLowerCase()) ? host : ''
}

const asWritten = (host: string): string => {
  const url = `http://${host}`
  return URL.canParse(url) ? new URL(url).hostname.replace(/\.$/, '').replace(/^www\./, '') : ''
}

/** A click counter at `links.shop.example` is still the shop. */
const isSameHouse = (a: string, b: string): boolean => a === b || a.endsWith(`.${b}`) || b.endsWith(`.${a}`)

export const misleading = (text: string, href: string): Misleading | null => {
  if (!/^\s*https?:/i.test(href) || !URL.canParse(href)) return null
  const said = asWritten(hostSaid(text))
  const host = asWritten(new URL(href).hostname)
  return said && !isSameHouse(said, host) ? { said, host, href } : null
}
