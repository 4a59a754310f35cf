import { counting } from '../plural'

// Figures as in dates (localeOf): one kind on the whole page.
export const { many, number } = counting('ar-u-nu-latn')

/** A name, an address or typed text inside a sentence: it keeps its own direction, and the sentence keeps its order. */
export const own = (text: string): string => `\u2068${text}\u2069`

export const messages = (count: number): string =>
  many(count, {
    zero: 'لا رسائل',
    one: 'رسالة واحدة',
    two: 'رسالتان',
    few: '# رسائل',
    many: '# رسالة',
    other: '# رسالة',
  })

/** The same where a verb or a preposition stands before it. */
export const ofMessages = (count: number): string =>
  many(count, {
    zero: 'أي رسالة',
    one: 'رسالة واحدة',
    two: 'رسالتين',
    few: '# رسائل',
    many: '# رسالة',
    other: '# رسالة',
  })
