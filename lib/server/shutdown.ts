import 'server-only'
import { once } from './once'

// What must end before the process does: running sends, mail connections. Each is named, so that a module
// loaded twice registers once.
const tasks = (): Map<string, () => Promise<void> | void> => once('shutdown', () => new Map())

export const onShutdown = (name: string, end: () => Promise<void> | void): void => void tasks().set(name, end)

/** Everything at once; a part that fails keeps nobody else from ending. */
export const shutDown = async (): Promise<void> => {
  await Promise.allSettled([...tasks().values()].map(async (end) => end()))
}
