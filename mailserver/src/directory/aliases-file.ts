// The aliases(5) file, read again when it changes: `name: target, target`, continued on indented lines, comments
// with #, targets quoted when they hold spaces or commas, `:include:/file`, `/file`, and `|command`, which is
// refused: mail never starts a program here.
import { readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { Config } from '../core/config'
import type { Log } from '../core/log'
import { canonical } from './addresses'

export interface AliasesFile {
  lookup(address: string): readonly string[] | null
}

/** Splits a right-hand side at commas outside quotes. */
export const splitTargets = (text: string): string[] =>
  (text.match(/(?:"(?:[^"\\]|\\.)*"|[^,"])+/g) ?? [])
    .map((target) =>
      target.trim().replace(/^"((?:[^"\\]|\\.)*)"$/, (_, inner: string) => inner.replace(/\\(.)/g, '$1')),
    )
    .filter(Boolean)

/** Pairs of name and targets, in the order of the file; broken lines are told, not guessed. */
export const parseAliases = (text: string): { entries: [string, string[]][]; broken: string[] } => {
  const lines = text
    .split(/\r?\n/)
    .filter((line) => !/^\s*(#|$)/.test(line))
    .reduce<string[]>((all, line) => {
      if (/^\s/.test(line) && all.length > 0) all[all.length - 1] += ` ${line.trim()}`
      else all.push(line)
      return all
    }, [])
  const entries: [string, string[]][] = []
  const broken: string[] = []
  for (const line of lines) {
    const match = /^("(?:[^"\\]|\\.)+"|[^:"]+?)\s*:(?!include:)\s*(.*)$/.exec(line)
    if (!match) broken.push(line)
    else
      entries.push([
        (match[1] ?? '').trim().replace(/^"|"$/g, '').toLowerCase(),
        splitTargets(match[2] ?? ''),
      ])
  }
  return { entries, broken }
}

const mostIncluded = 10_000

const include = (file: string, log: Log): string[] => {
  try {
    const text = readFileSync(file, 'utf8')
    return text
      .split(/\r?\n/)
      .filter((line) => !/^\s*(#|$)/.test(line))
      .flatMap(splitTargets)
      .filter((target) => !/^[|/:]/.test(target))
      .slice(0, mostIncluded)
  } catch (error) {
    log.error('alias-include-unreadable', {
      file,
      error: (error as NodeJS.ErrnoException).code ?? 'unreadable',
    })
    return []
  }
}

/** A change is seen within a second; asking the file system for every recipient would cost more than the answer. */
const lookEvery = 1000

export const openAliasesFile = ({ config, log }: { config: Config; log: Log }): AliasesFile => {
  const file = config.aliases_file ?? join(config.home, 'mail', 'aliases')
  let seen = 0
  let entries = new Map<string, string[]>()

  const usable = (name: string, target: string): string[] => {
    if (target.startsWith('|') || target.startsWith('"|')) {
      log.error('alias-command-refused', { alias: name, file })
      return []
    }
    if (target.startsWith('/') && !config.allow_file_aliases) {
      log.error('alias-file-refused', {
        alias: name,
        file,
        key: 'allow_file_aliases',
      })
      return []
    }
    if (target.startsWith(':include:')) return include(target.slice(9).trim(), log)
    return [target]
  }
  let looked = 0
  const refresh = () => {
    const now = Date.now()
    if (now - looked < lookEvery) return
    looked = now
    const changed = statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0
    if (changed === seen) return
    seen = changed
    if (changed === 0) {
      entries = new Map()
      return
    }
    const parsed = parseAliases(readFileSync(file, 'utf8'))
    for (const line of parsed.broken) log.error('alias-line-broken', { file, line: line.slice(0, 200) })
    entries = new Map(
      parsed.entries.map(([name, targets]) => [name, targets.flatMap((each) => usable(name, each))]),
    )
  }
  return {
    // A local alias counts in the main domain; one written with its domain, in that domain only.
    lookup: (address) => {
      refresh()
      if (entries.size === 0) return null
      const whole = canonical(address)
      const [local = '', domain] = [
        whole.slice(0, whole.lastIndexOf('@')),
        whole.slice(whole.lastIndexOf('@') + 1),
      ]
      const targets = entries.get(whole) ?? (domain === config.domain ? entries.get(local) : undefined)
      if (!targets || targets.length === 0) return null
      return targets.map((target) =>
        target.includes('@') || target.startsWith('/') ? target : `${target}@${config.domain}`,
      )
    },
  }
}
