// Which addresses may stand in a message that is being written. Everything here came from a paste, a quoted
// message or a draft, so all of it is an attacker's.

const linkable = /^(https?|mailto|tel|ftp|xmpp|sip|geo):/i
// What browsers drop or read as nothing before they look at the scheme (WHATWG URL, "basic URL parser").
const ignoredInUrls = /[\u0000-\u0020\u007f-\u009f]+/g

/** The address of a link, or '' when it is none that a mail may carry. */
export function safeLink(href: string): string {
  const seen = href.replace(ignoredInUrls, '')
  return linkable.test(seen) && href.length <= 4096 ? href.trim() : ''
}

/** One that was pasted with words around it; a larger one is a file. */
const mostInline = 2_000_000
const inlineImage = /^data:image\/(png|jpeg|gif|webp);base64,[A-Za-z0-9+/=\s]+$/
const partImage = /^cid:[^\s<>"']{1,500}$/i

/** Images in a message are parts of it or written into it: never an address that would be fetched. */
export const safeImageSource = (src: string): string =>
  partImage.test(src) || (src.length <= mostInline && inlineImage.test(src)) ? src : ''

const looksLikeAddress = /^[^\s@]+@[^\s@]+\.[^\s@]+$/
const looksLikeHost = /^[\p{L}\p{N}-]+(\.[\p{L}\p{N}-]+)+([/:?#].*)?$/u

/** What a person typed into the link field, completed to something that can be opened; '' when it cannot. */
export function linkFromTyping(typed: string): string {
  const text = typed.trim()
  if (safeLink(text)) return safeLink(text)
  if (looksLikeAddress.test(text)) return `mailto:${text}`
  return looksLikeHost.test(text) ? `https://${text}` : ''
}
