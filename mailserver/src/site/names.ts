// The questions `check` asks of DNS, with an end to its patience; a name server of the administrator's choice may be
// asked, such as the one that holds the zone, before the world has heard of a change.
import { Resolver } from 'node:dns/promises'

export interface Names {
  mx(domain: string): Promise<{ exchange: string; priority: number }[]>
  addresses(host: string): Promise<string[]>
  texts(name: string): Promise<string[]>
  reverse(address: string): Promise<string[]>
  /** As mailauth asks. */
  resolve(name: string, type: string): Promise<unknown>
}

const absent = new Set(['ENOTFOUND', 'ENODATA', 'NXDOMAIN'])

/** No such record is an answer; a name server that does not answer is an error. */
const orNone = async <T>(asked: Promise<T[]>): Promise<T[]> => {
  try {
    return await asked
  } catch (error) {
    if (absent.has((error as NodeJS.ErrnoException).code ?? '')) return []
    throw error
  }
}

export const askNames = (server: string | null): Names => {
  const resolver = new Resolver({ timeout: 4000, tries: 2 })
  if (server) resolver.setServers([server])
  return {
    mx: (domain) => orNone(resolver.resolveMx(domain)),
    addresses: async (host) => [
      ...(await orNone(resolver.resolve4(host))),
      ...(await orNone(resolver.resolve6(host))),
    ],
    texts: async (name) => (await orNone(resolver.resolveTxt(name))).map((pieces) => pieces.join('')),
    reverse: (address) => orNone(resolver.reverse(address)),
    resolve: (name, type) => resolver.resolve(name, type),
  }
}
