import type { App } from '@/lib/client/app'
import type { Body, Letter } from './letter'

export interface Parts {
  own?: string
  quote?: string
  signature: string
  app: App
}

/** What letters are made of whose editor is not there yet. */
const parts = new WeakMap<Letter, Parts>()

export const madeOf = (letter: Letter, made: Parts): void => void parts.set(letter, made)

export function rebuild(letter: Letter, change: Partial<Parts>): void {
  const before = parts.get(letter)
  if (!before) return
  const now = { ...before, ...change }
  parts.set(letter, now)
  letter.setBody(bodyOf(now))
}

/** What one writes, the signature and the quote, in the order that was wished. */
export function bodyOf({ own = '', quote = '', signature, app }: Parts): Body {
  const { answers, signaturePlace } = app.preferences.get()
  const signed = signature ? `<div class="signature">${signature}</div>` : ''
  if (!own && !quote && !signed) return { html: '', text: '' }
  const words = own || '<p></p>'
  if (quote && answers === 'below') return { html: quote + words + signed, text: '' }
  return { html: signaturePlace === 'above' ? words + signed + quote : words + quote + signed, text: '' }
}
