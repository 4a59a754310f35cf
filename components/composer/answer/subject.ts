// Prefixes that mail clients of many languages put before a subject. A counter may follow: `Re[2]:`, `AW(3):`.
const replies = 're|aw|sv|vs|antw|odp|odpověď|rif|res|ref|回复|回覆|答复|返信|ynt|vá|atb|απ|отв|ответ'
const forwards = 'fwd?|wg|tr|rv|enc|vb|vl|doorst|i|pd|fs|转发|轉寄|転送|ilt|továbbítás|πρθ|пересл'
const counter = '\\s*(?:\\[\\d{1,3}\\]|\\(\\d{1,3}\\)|\\^\\d{1,3})?\\s*[:：]\\s*'
const leadingReplies = new RegExp(`^(?:(?:${replies})${counter})+`, 'iu')
const leadingForwards = new RegExp(`^(?:(?:${forwards})${counter})+`, 'iu')

const plain = (subject: string): string => subject.replace(/[\s\u0000-\u001f\u007f]+/g, ' ').trim()

// RFC 5322 section 3.6.5: one "Re: ", whatever language the last writer's client spoke.
export const replySubject = (subject: string): string =>
  `Re: ${plain(subject).replace(leadingReplies, '')}`.trimEnd()

export const forwardSubject = (subject: string): string =>
  `Fwd: ${plain(subject).replace(leadingForwards, '')}`.trimEnd()
