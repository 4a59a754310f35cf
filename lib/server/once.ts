import 'server-only'

// Next loads a module separately for instrumentation and for route handlers (DEPENDENCIES.md trap 3):
// what must exist once in the process hangs on globalThis.
export const once = <T>(name: string, make: () => T): T => {
  const key = Symbol.for(`posthorn.${name}`)
  const shared = globalThis as unknown as Record<symbol, T | undefined>
  return (shared[key] ??= make())
}
