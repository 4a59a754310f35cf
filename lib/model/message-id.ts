// A message in a URL is `{uidvalidity}-{uid}` (DESIGN.md decision 6).
export type MessageId = string
export const isMessageId = (text: string): text is MessageId => /^[1-9]\d{0,9}-[1-9]\d{0,9}$/.test(text)

export const messageIdOf = (uidvalidity: number | bigint, uid: number): MessageId => `${uidvalidity}-${uid}`
export const uidOf = (id: MessageId): number => Number(id.slice(id.indexOf('-') + 1))
export const uidValidityOf = (id: MessageId): string => id.slice(0, id.indexOf('-'))
