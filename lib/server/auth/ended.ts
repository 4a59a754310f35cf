import 'server-only'
import { log } from '../log'
import { once } from '../once'
import { livingSessions } from '../user/sessions'
import { lifetime } from './session'

// A request asks whether its session still holds; a stream of events asked once, when it began. Whoever ends
// a session ends its streams with it; one that grew too old, or whose row another process took, is found by a look
// at all of them every few seconds.
const open = once('session-streams', () => new Map<string, Set<AbortController>>())
const looking = once('session-streams-look', () => ({ timer: null as NodeJS.Timeout | null }))

const lookEveryMs = 5000

/** Why a stream was ended, when its reader did not leave. */
export const sessionEnded = 'session-ended'

const look = async (): Promise<void> => {
  const ids = [...open.keys()]
  const living = await livingSessions(ids, lifetime())
  for (const id of ids) if (!living.has(id)) endStreamsOf(id)
}

const keepLooking = (): void => {
  looking.timer ??= setInterval(() => {
    // A database that cannot be asked ends nobody's session.
    look().catch((error: unknown) => log().warn({ event: 'sessions-not-asked', err: error }, 'not asked'))
  }, lookEveryMs).unref()
}

const leave = (id: string, controller: AbortController): void => {
  const controllers = open.get(id)
  controllers?.delete(controller)
  if (controllers?.size === 0) open.delete(id)
  if (open.size > 0 || !looking.timer) return
  clearInterval(looking.timer)
  looking.timer = null
}

/** Aborts when the session ends, with `sessionEnded` as its reason, or when `signal` does. */
export const whileSession = (id: string, signal: AbortSignal): AbortSignal => {
  const controller = new AbortController()
  open.set(id, (open.get(id) ?? new Set()).add(controller))
  signal.addEventListener('abort', () => controller.abort(), { once: true })
  controller.signal.addEventListener('abort', () => leave(id, controller), { once: true })
  keepLooking()
  // A signal that aborted before it was listened to says nothing more.
  if (signal.aborted) controller.abort()
  return controller.signal
}

/** `comes again`: the session goes on, and so does whoever listens, by another stream. */
export const endStreamsOf = (id: string, session: 'over' | 'comes again' = 'over'): void => {
  for (const controller of [...(open.get(id) ?? [])])
    controller.abort(...(session === 'over' ? [sessionEnded] : []))
}
