// The lock file of the mail server alone, cut out of the one at the root: the same versions and the same hashes,
// no registry asked. Invariant: whatever resolves from `mailserver/` in the root's tree resolves to the same
// package from the root of the copy.
type Names = Record<string, string>

export interface Locked {
  version: string
  dependencies?: Names
  optionalDependencies?: Names
  peerDependencies?: Names
  peerDependenciesMeta?: Record<string, { optional?: boolean }>
  [more: string]: unknown
}
type Packages = Record<string, Locked>

export interface Manifest {
  name: string
  version: string
  dependencies: Names
  devDependencies: Names
  [more: string]: unknown
}

export interface Lock {
  lockfileVersion: number
  packages: Packages
}

const workspace = 'mailserver'

/** The key under which `name` is found from `from`: the nearest node_modules outwards. */
const resolve = (packages: Packages, from: string, name: string): string | null => {
  for (let folder = from; ;) {
    const at = `${folder ? `${folder}/` : ''}node_modules/${name}`
    if (packages[at]) return at
    if (!folder) return null
    folder = folder.includes('/node_modules/') ? folder.slice(0, folder.lastIndexOf('/node_modules/')) : ''
  }
}

const required = ({ dependencies, peerDependencies, peerDependenciesMeta }: Locked): string[] => [
  ...Object.keys(dependencies ?? {}),
  ...Object.keys(peerDependencies ?? {}).filter((name) => !peerDependenciesMeta?.[name]?.optional),
]

/** Everything that is reached from these names, by required edges alone or by optional ones too. */
const reach = (packages: Packages, names: Names, edges: 'required' | 'all'): Set<string> => {
  const seen = new Set<string>()
  const waiting = Object.keys(names).map((name) => ({ from: workspace, name }))
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    const at = resolve(packages, next.from, next.name)
    const entry = at === null ? undefined : packages[at]
    if (at === null || !entry || seen.has(at)) continue
    seen.add(at)
    const optional = edges === 'all' ? Object.keys(entry.optionalDependencies ?? {}) : []
    for (const name of [...required(entry), ...optional]) waiting.push({ from: at, name })
  }
  return seen
}

/** npm's marks say what may be left out with the development tools or with optional packages. */
const marker = (packages: Packages, { dependencies, devDependencies }: Manifest) => {
  const used = reach(packages, dependencies, 'required')
  const usedMaybe = reach(packages, dependencies, 'all')
  const tools = reach(packages, devDependencies, 'required')
  return (at: string) => {
    if (used.has(at)) return {}
    if (usedMaybe.has(at)) return tools.has(at) ? { devOptional: true } : { optional: true }
    return tools.has(at) ? { dev: true } : { dev: true, optional: true }
  }
}

const placed = (at: string) => (at.startsWith(`${workspace}/`) ? at.slice(workspace.length + 1) : at)

const marks = new Set(['dev', 'optional', 'devOptional', 'peer'])
const withoutMarks = (entry: Locked | undefined) =>
  Object.fromEntries(Object.entries(entry ?? {}).filter(([key]) => !marks.has(key))) as Locked

export const mailserverLock = (root: Lock, manifest: Manifest) => {
  const { packages } = root
  const marksOf = marker(packages, manifest)
  const entries = new Map<string, Locked>()
  const everything = { ...manifest.dependencies, ...manifest.devDependencies }
  for (const at of reach(packages, everything, 'all')) {
    const entry = { ...withoutMarks(packages[at]), ...marksOf(at) }
    const other = entries.get(placed(at))
    if (other && other.version !== entry.version)
      throw new Error(`${placed(at)} stands in two versions: ${other.version} and ${entry.version}`)
    entries.set(placed(at), entry)
  }
  const { name, version, license, dependencies, bin, devDependencies, engines } = manifest
  const own: Locked = { name, version, license, dependencies, bin, devDependencies, engines }
  const sorted = [...entries].sort(([a], [b]) => (a < b ? -1 : 1))
  return {
    name,
    version,
    lockfileVersion: root.lockfileVersion,
    requires: true,
    packages: { '': own, ...Object.fromEntries(sorted) } as Packages,
  }
}
