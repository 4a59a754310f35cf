// Fills the demo's mailboxes once: a message count above zero, or the mark, means that it has been done.
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import type { Config } from '../core/config'
import { ConfigError } from '../core/errors'
import type { Log } from '../core/log'
import { isLoopback } from '../core/network'
import type { AdministeredDirectory } from '../directory'
import { passwordMatches } from '../directory/password'
import type { NewMessage, Store, UserStore } from '../store/contract'
import { compose, momentOf } from './compose'
import { cornerLetters } from './letters/corners'
import { newsLetters } from './letters/news'
import { noticeLetters } from './letters/notices'
import { officeLetters } from './letters/office'
import { surveyLetters } from './letters/survey'
import { worldLetters } from './letters/world'
import type { Letter, Resident } from './model'
import { residents } from './people'

const everybody = Object.keys(residents) as Resident[]

const special: Record<string, string> = {
  Sent: '\\Sent',
  Drafts: '\\Drafts',
  Archive: '\\Archive',
  Junk: '\\Junk',
  Trash: '\\Trash',
}
const ownFolders = ['Clients', 'Clients/Brightwater', 'Clients/Ostrava Rail', 'Receipts']

export const allLetters = (now: Date): Letter[] =>
  [
    ...surveyLetters,
    ...officeLetters,
    ...newsLetters,
    ...noticeLetters(now),
    ...worldLetters(now),
    ...cornerLetters,
  ].sort((one, other) => momentOf(one.when, now).getTime() - momentOf(other.when, now).getTime())

const wrote = (letter: Letter, who: Resident): boolean => letter.from.address === residents[who].address

const has = (letter: Letter, who: Resident): boolean =>
  wrote(letter, who) ||
  (letter.alsoTo?.includes(who) ?? false) ||
  [...letter.to, ...(letter.cc ?? [])].some(({ address }) => address === residents[who].address)

const folderOf = (letter: Letter, who: Resident): string =>
  letter.folders?.[who] ?? (wrote(letter, who) ? 'Sent' : 'INBOX')

const flagsOf = (letter: Letter, who: Resident, answered: ReadonlySet<string>): string[] => [
  ...(letter.unread?.includes(who) ? [] : ['\\Seen']),
  ...(letter.starred?.includes(who) ? ['\\Flagged'] : []),
  ...(answered.has(`${who} ${letter.id}`) ? ['\\Answered'] : []),
  ...(folderOf(letter, who) === 'Drafts' ? ['\\Draft'] : []),
  ...(folderOf(letter, who) === 'Junk' ? ['$Junk'] : []),
  ...(letter.labels ?? []),
]

const prepareFolders = (store: UserStore) => {
  for (const [name, use] of Object.entries(special)) if (!store.mailbox(name)) store.create(name, use)
  for (const name of ownFolders) {
    if (!store.mailbox(name)) store.create(name)
    store.subscribe(name, true)
  }
}

const fill = async (store: UserStore, who: Resident, now: Date): Promise<number> => {
  const letters = allLetters(now)
  const context = { now, letters: new Map(letters.map((letter) => [letter.id, letter])) }
  const answered = new Set(
    letters.flatMap((letter) =>
      everybody
        .filter((one) => wrote(letter, one) && folderOf(letter, one) === 'Sent' && letter.answers)
        .map((one) => `${one} ${letter.answers}`),
    ),
  )
  const byFolder = new Map<string, NewMessage[]>()
  for (const letter of letters.filter((each) => has(each, who))) {
    const folder = folderOf(letter, who) === 'Inbox' ? 'INBOX' : folderOf(letter, who)
    const source = await compose(letter, context)
    const message = {
      source,
      flags: flagsOf(letter, who, answered),
      internalDate: momentOf(letter.when, now),
    }
    byFolder.set(folder, [...(byFolder.get(folder) ?? []), message])
  }
  let count = 0
  for (const [folder, messages] of byFolder) {
    const mailbox = store.mailbox(folder)
    if (!mailbox) throw new Error(`the demo has no folder ${folder}`)
    await store.append(mailbox.id, messages)
    count += messages.length
  }
  return count
}

const knownPassword = 'posthorn'

const demoRecord = z.object({ accounts: z.array(z.object({ address: z.string(), password: z.string() })) })

/** From demo.json, where the supervisor may have put random ones; without it, the one everybody knows. */
const passwordsOf = (home: string): Map<string, string> => {
  const file = join(home, 'demo.json')
  if (!existsSync(file)) return new Map()
  const read = demoRecord.safeParse(JSON.parse(readFileSync(file, 'utf8')))
  if (!read.success) throw new ConfigError(`${file}: ${read.error.issues[0]?.message}`)
  return new Map(read.data.accounts.map(({ address, password }) => [address, password]))
}

/** Invariant: what everybody knows opens nothing that another machine can reach. */
const giveAccounts = async ({ config, directory }: SeedParts): Promise<void> => {
  const passwords = passwordsOf(config.home)
  for (const { address, name } of Object.values(residents)) {
    const password = passwords.get(address) ?? knownPassword
    const hash = directory.database.rows().users.get(address)?.hash
    const open =
      password === knownPassword || (hash !== undefined && (await passwordMatches(knownPassword, hash)))
    if (hash === undefined) await directory.addUser(address, password, name)
    else if (open && password !== knownPassword) await directory.setPassword(address, password)
    if (password === knownPassword && !isLoopback(config.mail_host)) {
      throw new ConfigError(
        `mail_host = ${config.mail_host}: the demo accounts have a password that everybody knows and are served on ` +
          'this machine alone; put random ones into demo.json, or set mail_host = "127.0.0.1"',
      )
    }
  }
}

export interface SeedParts {
  config: Config
  directory: AdministeredDirectory
  store: Store
  log: Log
  now: Date
}

export const seedDemo = async (parts: SeedParts): Promise<void> => {
  const { config, store, log, now } = parts
  const mark = join(config.home, 'mail', 'demo-filled')
  await giveAccounts(parts)
  if (existsSync(mark)) return
  for (const who of everybody) {
    const open = store.open(residents[who].address)
    try {
      if (open.mailboxes().some(({ messages }) => messages > 0)) continue
      prepareFolders(open)
      const messages = await fill(open, who, now)
      log.info('demo-filled', { user: open.user, messages })
    } finally {
      store.release(open)
    }
  }
  writeFileSync(mark, `${now.toISOString()}\n`)
}
