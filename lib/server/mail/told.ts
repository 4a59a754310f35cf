import type { MailEvent } from '@/lib/model/events'

// Facts as the mail room tells them: it does not know which of a person's accounts it serves.
type WithoutAccount<E> = E extends { account: number } ? Omit<E, 'account'> : never
export type Told = WithoutAccount<MailEvent>
export type Tell = (told: Told) => void
