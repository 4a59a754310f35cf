import 'server-only'
import { AppError } from '@/lib/model/errors'
import { gauge } from '../metrics'
import { once } from '../once'

// Where connections to the mail server are opened. A server spends a slow hash on each, so five hundred people who come at
// once, in the morning or after it was started anew, would make each other late. Invariants:
// - at most `mostAtOnce` are being opened; a watcher goes after all others, else who came first;
// - a person who has waited for `patienceMs` is told when their turn may be, by how long the others took; a job and a watcher
//   wait.

export type Comer = 'person' | 'job' | 'watcher'

const mostAtOnce = 32
const patienceMs = 15_000
const comeAgainSeconds = { least: 5, most: 60 }

interface Waiting {
  comer: Comer
  enter: () => void
}

interface Turnstile {
  inside: number
  waiting: Set<Waiting>
  /** How long one has taken lately. */
  paceMs: number
}
const turnstile = once<Turnstile>('imap-turnstile', () => ({ inside: 0, waiting: new Set(), paceMs: 0 }))

gauge(
  'posthorn_web_imap_opening',
  'Connections to the mail server that are being opened, or wait for it.',
  () => turnstile.inside + turnstile.waiting.size,
)

const nextIn = (): Waiting | undefined => {
  const [first] = turnstile.waiting
  if (first?.comer !== 'watcher') return first
  for (const one of turnstile.waiting) if (one.comer !== 'watcher') return one
  return first
}

const letIn = (): void => {
  for (let next = nextIn(); next && turnstile.inside < mostAtOnce; next = nextIn()) {
    turnstile.waiting.delete(next)
    turnstile.inside++
    next.enter()
  }
}

const secondsToWait = (): number => {
  const expected = ((turnstile.waiting.size / mostAtOnce) * turnstile.paceMs) / 1000
  return Math.ceil(Math.min(comeAgainSeconds.most, Math.max(comeAgainSeconds.least, expected)))
}

const turn = (comer: Comer): Promise<void> =>
  new Promise((done, failed) => {
    const giveUp = () => {
      turnstile.waiting.delete(waiting)
      failed(new AppError('too-busy', '', { retryAfterSeconds: secondsToWait() }))
    }
    const patience = comer === 'person' ? setTimeout(giveUp, patienceMs) : undefined
    const enter = () => {
      clearTimeout(patience)
      done()
    }
    const waiting: Waiting = { comer, enter }
    turnstile.waiting.add(waiting)
    letIn()
  })

/** Runs `open` when it is its turn. */
export const inTurn = async <T>(comer: Comer, open: () => Promise<T>): Promise<T> => {
  await turn(comer)
  const began = performance.now()
  try {
    return await open()
  } finally {
    turnstile.paceMs += (performance.now() - began - turnstile.paceMs) / 8
    turnstile.inside--
    letIn()
  }
}
