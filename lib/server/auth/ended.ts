import 'server-only'
import { once } from '../once'

// A request asks whether its session still holds; a stream of events asked once, when it began. Whoever ends
// a session ends its streams with it.
const open = once('session-streams', () => new Map<string, Set<AbortController>>())

/** Aborts when the session, or `signal`, ends. */
export const whileSession = (id: string, signal: AbortSignal): AbortSignal => {
  const controller = new AbortController()
  const controllers = open.get(id) ?? new Set()
  open.set(id, controllers.add(controller))
  signal.addEventListener('abort', () => controller.abort(), { once: true })
  controller.signal.addEventListener(
    'abort',
    () => {
      controllers.delete(controller)
      if (controllers.size === 0) open.delete(id)
    },
    { once: true },
  )
  return controller.signal
}

export const endStreamsOf = (id: string): void => {
  for (const controller of [...(open.get(id) ?? [])]) controller.abort()
}
