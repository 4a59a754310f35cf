// posthorn-mail alias list|add|remove|test, and domain list|add|remove.
import { readConfig } from '../core/config'
import { Failure } from '../core/errors'
import { createLog } from '../core/log'
import { createExpander } from '../delivery/expand'
import { canonical, split } from '../directory/addresses'
import type { AdministeredDirectory } from '../directory'
import { formOf, say, type Form } from './say'
import { withDirectory } from './user'
import { usages, type Run } from './usage'

const need = (value: string | undefined, what: string): string => {
  if (!value) throw new Failure('bad-address', `which ${what}?`)
  return value
}

/** `@example.org` is the whole domain; everything else is an address. */
const aliasName = (directory: AdministeredDirectory, given: string | undefined): string => {
  const name = canonical(need(given, 'alias'))
  const domain = name.startsWith('@') ? name.slice(1) : split(name)?.domain
  if (!domain || !directory.domains().includes(domain)) {
    throw new Failure(
      'bad-address',
      `${given}: its domain is not one of ours (${directory.domains().join(', ')})`,
    )
  }
  return name
}

const listAliases = (form: Form) =>
  withDirectory((directory) => {
    const all = [...directory.database.rows().aliases]
    const lines = all.map(([name, targets]) => `${name}: ${targets.join(', ')}`)
    say(form, Object.fromEntries(all), lines.join('\n'))
  })

/** The whole expansion, as a delivery would do it now. */
const test = (address: string, form: Form) =>
  withDirectory((directory) => {
    const log = createLog('warn', (line) => process.stderr.write(`${line}\n`))
    const expander = createExpander({ config: readConfig(), directory, log })
    const route = directory.route(address)
    const places = expander
      .expand([{ address, orcpt: null, notify: [] }])
      .map(({ address: to, target }) => ({ to, ...target }))
    const lines = [
      `${address}: ${route.kind === 'alias' ? `alias of ${route.to.join(', ')}` : route.kind}`,
      ...places.map(({ to, kind }) => `  ${to} (${kind})`),
      ...(places.length === 0 ? ['  leads nowhere'] : []),
    ]
    say(form, { address, route, places }, lines.join('\n'))
  })

type Action = (args: string[], form: Form) => Promise<unknown>

const aliasActions: Record<string, Action> = {
  list: (_, form) => listAliases(form),
  add: ([name, ...targets], form) =>
    withDirectory((directory) => {
      const alias = aliasName(directory, name)
      if (targets.length === 0) throw new Failure('bad-address', `where should ${alias} lead?`)
      for (const target of targets) {
        if (!split(target)) throw new Failure('bad-address', `${target} is not an address`)
        directory.database.addAlias(alias, target)
      }
      say(form, { alias, targets: directory.database.rows().aliases.get(alias) ?? [] }, '')
    }),
  remove: ([name, target], form) =>
    withDirectory((directory) => {
      const alias = canonical(need(name, 'alias'))
      if (!directory.database.removeAlias(alias, target ?? null))
        throw new Failure('not-found', `no alias ${alias}`)
      say(form, { alias, targets: directory.database.rows().aliases.get(alias) ?? [] }, '')
    }),
  test: ([address], form) => test(need(address, 'address'), form),
}

const domainActions: Record<string, Action> = {
  list: (_, form) =>
    withDirectory((directory) => say(form, directory.domains(), directory.domains().join('\n'))),
  add: ([name], form) =>
    withDirectory((directory) => {
      const domain = need(name, 'domain').toLowerCase()
      if (!/^[a-z0-9][a-z0-9.-]{0,251}[a-z0-9]$/.test(domain))
        throw new Failure('bad-address', `${name} is not a domain`)
      directory.database.addDomain(domain)
      say(form, { domain, domains: directory.domains() }, '')
    }),
  remove: ([name], form) =>
    withDirectory((directory) => {
      if (!directory.database.removeDomain(need(name, 'domain').toLowerCase())) {
        throw new Failure('not-found', `${name} was not added here (domains of posthorn.toml stay)`)
      }
      say(form, { domains: directory.domains() }, '')
    }),
}

const runner =
  (name: 'alias' | 'domain', actions: Record<string, Action>): Run =>
  async ([action = 'list', ...args]) => {
    const act = actions[action]
    if (!act) throw new Failure('refused', `usage: posthorn-mail ${usages[name]}`)
    const { form, rest } = formOf(args)
    await act(rest, form)
  }

export const runAlias = runner('alias', aliasActions)
export const runDomain = runner('domain', domainActions)
