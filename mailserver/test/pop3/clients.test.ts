import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { alice, password, startHouse } from './house'

// Python's poplib and curl, as they come.
const run = promisify(execFile)
let house: Awaited<ReturnType<typeof startHouse>>

beforeAll(async () => {
  house = await startHouse()
  const mail = house.store.open(alice)
  const inbox = mail.mailbox('INBOX')?.id ?? 0
  await mail.append(inbox, [{ source: Buffer.from('Subject: poplib\r\n\r\n.hello\r\n') }])
})
afterAll(() => house.stop())

const python = (open: string, port: number) =>
  `
import poplib, ssl
anyone = ssl.create_default_context(); anyone.check_hostname = False; anyone.verify_mode = ssl.CERT_NONE
box = ${open}
box.user(${JSON.stringify(alice)}); box.pass_(${JSON.stringify(password)})
print(box.stat()[0], box.retr(1)[1][-1].decode(), len(box.uidl()[1]))
box.quit()
`.replaceAll('PORT', String(port))

test.each([
  ['plain', "poplib.POP3('127.0.0.1', PORT)", 'pop3'],
  ['STLS', "poplib.POP3('127.0.0.1', PORT); box.stls(anyone)", 'pop3'],
  ['TLS', "poplib.POP3_SSL('127.0.0.1', PORT, context=anyone)", 'pop3s'],
] as const)('poplib over %s', async (_, open, door) => {
  const { stdout } = await run('python3', ['-c', python(open, house.ports[door])])
  expect(stdout.trim()).toBe('1 .hello 1')
})

test.each(['pop3', 'pop3s'] as const)('curl over %s', async (door) => {
  const url = `${door}://127.0.0.1:${house.ports[door]}/1`
  const { stdout } = await run('curl', ['-sk', '--user', `${alice}:${password}`, url])
  expect(stdout).toBe('Subject: poplib\r\n\r\n.hello\r\n')
})
