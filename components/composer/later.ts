/** The mornings one puts things off to. */
export interface Morning {
  kind: 'tomorrow' | 'monday'
  at: Date
}

const morningOf = (day: Date, ahead: number): Date =>
  new Date(day.getFullYear(), day.getMonth(), day.getDate() + ahead, 8)

/** Tomorrow at eight, and Monday unless that is tomorrow. */
export function mornings(now: Date): Morning[] {
  const toMonday = (8 - now.getDay()) % 7 || 7
  const tomorrow: Morning = { kind: 'tomorrow', at: morningOf(now, 1) }
  return toMonday === 1 ? [tomorrow] : [tomorrow, { kind: 'monday', at: morningOf(now, toMonday) }]
}

const yearMs = 365 * 86_400_000

export const problemOfTime = (at: Date, now: Date): 'past' | 'too-far' | null => {
  // A field that is empty is no time.
  if (!(at.getTime() > now.getTime())) return 'past'
  return at.getTime() - now.getTime() > yearMs ? 'too-far' : null
}

const two = (n: number): string => String(n).padStart(2, '0')

/** As `<input type="datetime-local">` has it, in the clock of who reads it. */
export const fieldOf = (at: Date): string =>
  `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}T${two(at.getHours())}:${two(at.getMinutes())}`
