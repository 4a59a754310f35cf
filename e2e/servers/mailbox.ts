// A second IMAP connection: it seeds what a story starts from and verifies what the web app claims to have done.
import { ImapFlow } from 'imapflow'
import type { MailSystem, TestUser } from './contract'

export interface Seed {
  folder?: string
  flags?: string[]
  date?: Date
  raw: string | Buffer
}

export interface Seen {
  uid: number
  subject: string
  flags: string[]
}

export interface Mailbox {
  client: ImapFlow
  append(seed: Seed): Promise<number>
  list(folder: string): Promise<Seen[]>
  /** Waits for a fact about a folder; NOOP keeps the selected view current. */
  until(folder: string, fact: (messages: Seen[]) => boolean, within?: number): Promise<Seen[]>
  folders(): Promise<string[]>
  close(): Promise<void>
}

const listFolder = async (client: ImapFlow, folder: string): Promise<Seen[]> => {
  const lock = await client.getMailboxLock(folder)
  try {
    await client.noop()
    const seen: Seen[] = []
    // By UID: what somebody removes meanwhile is left out, where sequence numbers would be answered with
    // NO [EXPUNGEISSUED] (RFC 5530 section 3).
    const wanted = { uid: true, flags: true, envelope: true }
    if (client.mailbox && client.mailbox.exists > 0)
      for await (const message of client.fetch('1:*', wanted, { uid: true }))
        seen.push({
          uid: message.uid,
          subject: message.envelope?.subject ?? '',
          flags: [...(message.flags ?? [])],
        })
    return seen
  } finally {
    lock.release()
  }
}

export const openMailbox = async (system: Pick<MailSystem, 'imap'>, user: TestUser): Promise<Mailbox> => {
  const client = new ImapFlow({
    ...system.imap,
    secure: false,
    tls: { rejectUnauthorized: false },
    auth: { user: user.address, pass: user.password },
    logger: false,
  })
  client.on('error', () => undefined)
  await client.connect()
  const list = (folder: string) => listFolder(client, folder)
  return {
    client,
    list,
    append: async ({ folder = 'INBOX', flags = [], date, raw }) => {
      const bytes = typeof raw === 'string' ? raw.replace(/\r?\n/g, '\r\n') : raw
      const done = await client.append(folder, bytes, flags, date ?? new Date())
      if (!done || !done.uid) throw new Error(`APPEND to ${folder} was refused`)
      return done.uid
    },
    until: async (folder, fact, within = 10_000) => {
      const end = Date.now() + within
      for (;;) {
        const messages = await list(folder)
        if (fact(messages)) return messages
        if (Date.now() > end)
          throw new Error(`never came true in ${folder}: ${JSON.stringify(messages)} (${String(fact)})`)
        await new Promise((again) => setTimeout(again, 20))
      }
    },
    folders: async () => (await client.list()).map(({ path }) => path),
    // Its server may have been killed.
    close: async () => (client.usable ? client.logout() : client.close()),
  }
}
