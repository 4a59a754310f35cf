// Fills the demo's mailboxes once: a message count above zero, or the mark, means that it has been done.
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Config } from '../core/config'
import type { Log } from '../core/log'
import type { AdministeredDirectory } from '../directory'
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

/** Passwords from demo.json where the supervisor made random ones, else the known one. */
const passwordOf = (config: Config, address: string): string => {
  const file = join(config.home, 'demo.json')
  if (!existsSync(file)) return 'posthorn'
  try {
    const demo = JSON.parse(readFileSync(file, 'utf8')) as {
      passwords?: Record<string, string>
      password?: string
    }
    return (
      demo.passwords?.[address] ??
      demo.passwords?.[address.split('@')[0] as string] ??
      demo.password ??
      'posthorn'
    )
  } catch {
    return 'posthorn'
  }
}

export interface SeedParts {
  config: Config
  directory: AdministeredDirectory
  store: Store
  log: Log
  now: Date
}

export const seedDemo = async ({ config, directory, store, log, now }: SeedParts): Promise<void> => {
  const mark = join(config.home, 'mail', 'demo-filled')
  for (const { address, name } of Object.values(residents)) {
    if (!directory.user(address)) await directory.addUser(address, passwordOf(config, address), name)
  }
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
