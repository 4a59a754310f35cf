// What a person does when the classic trio stands: run inside its root by web/trio.integration.test.ts, with the
// addresses and names that docs/self-hosting.md says.
import type { TestUser } from './contract'
import { openMailbox } from './mailbox'
import { overHttp2 } from './http2'
import { visitorOf } from './visitor'

const name = 'mail.example.org'
const url = `https://${name}/webmail`
const at = { port: 443, certificate: `/etc/letsencrypt/live/${name}/fullchain.pem`, name }
const [alice, bob] = ['alice', 'bob'].map((who) => ({
  address: `${who}@example.org`,
  password: `a-${who}-of-example`,
})) as [TestUser, TestUser]

const expect = (what: string, found: unknown, wanted: unknown) => {
  if (JSON.stringify(found) !== JSON.stringify(wanted))
    throw new Error(`${what}: ${JSON.stringify(found)}, not ${JSON.stringify(wanted)}`)
}

const message = {
  ...{
    subject: 'Through the trio',
    html: '',
    text: 'Hello Bob.',
    inReplyTo: '',
    references: [],
    original: null,
  },
  ...{ draft: null, from: null, to: [{ name: '', address: bob.address }], cc: [], bcc: [], uploads: [] },
}

const send = async () => {
  const client = await overHttp2({ ...at, from: '127.0.1.1' })
  const visitor = visitorOf({ url }, client.fetch)
  expect('sign-in', (await visitor.signIn(alice)).status, 200)
  const outbox = '/accounts/0/outbox'
  expect('send', (await visitor.call('POST', outbox, { message, undoSeconds: 0 })).status, 202)
  const theirs = await openMailbox({ imap: { host: '127.0.0.1', port: 143 } }, bob)
  await theirs.until('INBOX', (seen) => seen.some(({ subject }) => subject === message.subject), 30_000)
  await theirs.close()
  const own = await openMailbox({ imap: { host: '127.0.0.1', port: 143 } }, alice)
  await own.until('Sent', (seen) => seen.some(({ subject }) => subject === message.subject), 30_000)
  await own.close()
  client.close()
}

/** Bob sees it come, by the name alone. */
const read = async () => {
  const client = await overHttp2({ ...at, from: '127.0.1.2' })
  const visitor = visitorOf({ url }, client.fetch)
  expect('sign-in of bob', (await visitor.signIn({ ...bob, address: 'bob' })).status, 200)
  const list = await visitor.call('GET', '/accounts/0/mailboxes/inbox/messages?offset=0&limit=5')
  expect('the list', [list.status, list.text.includes(message.subject)], [200, true])
  const page = await client.fetch(`${url}/mail/0/inbox`, { headers: { cookie: visitor.cookie() } })
  expect('the page', [page.status, (await page.text()).includes(message.subject)], [200, true])
  client.close()
}

/** Eleven wrong passwords from one address, one from another; at once, because Dovecot makes each wait for the one before. */
const guess = () => {
  const guesser = async (from: string, tried: number) => {
    const client = await overHttp2({ ...at, from })
    const wrong = { address: `guess${tried}@example.org`, password: 'wrong' }
    const { status } = await visitorOf({ url }, client.fetch).signIn(wrong)
    expect('a wrong password', [401, 429].includes(status), true)
    client.close()
  }
  const guilty = Array.from({ length: 11 }, (_, tried) => guesser('127.0.1.66', tried))
  return Promise.all([...guilty, guesser('127.0.1.67', 11)])
}

/** Whether somebody at that address gets as far as TLS. */
const isLetIn = (from: string) =>
  overHttp2({ ...at, from }).then(
    (client) => {
      client.close()
      return true
    },
    () => false,
  )

const until = async (what: string, fact: () => Promise<boolean>) => {
  const patience = Date.now() + 30_000
  while (!(await fact())) {
    if (Date.now() > patience) throw new Error(`${what}: not within 30 s`)
    await new Promise((again) => setTimeout(again, 100))
  }
}

await send()
await read()
await guess()
await until('the guesser is kept out', async () => !(await isLetIn('127.0.1.66')))
expect('who guessed once, and everybody else', await Promise.all(['127.0.1.67', '127.0.1.1'].map(isLetIn)), [
  true,
  true,
])
console.log('sent, arrived, and the guesser kept out')
