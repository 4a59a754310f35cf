// `npx tsx e2e/servers/hold.ts dovecot`: a mail system that stays until Ctrl-C, for looking at the web app in
// front of it. Prints one ready line, as our own programs do.
import { createTransport } from 'nodemailer'
import { startMailSystem, type MailSystem } from './index'
import { DOMAIN } from './users'

const letters = (kind: string) => [
  { subject: 'Tea on Thursday?', text: 'At four, in the garden if it is dry.\n\nBob' },
  {
    subject: `Notes from ${kind}`,
    html: '<h1>Notes</h1><p>With <b>bold</b> words and a list.</p><ul><li>one</ul>',
  },
  { subject: '会議の件', text: '来週の会議についてご相談があります。' },
  { subject: 'موعد الاجتماع', text: 'نلتقي غدًا في الساعة العاشرة.' },
]

const fill = async (system: MailSystem) => {
  const { bob, alice } = system.users
  const door = createTransport({
    ...system.submission,
    tls: { rejectUnauthorized: false },
    auth: { user: bob.address, pass: bob.password },
  })
  for (const letter of letters(system.kind))
    await door.sendMail({ from: { name: 'Bob Marsh', address: bob.address }, to: alice.address, ...letter })
}

const kind = process.argv[2] === 'posthorn' ? 'posthorn' : 'dovecot'
const system = await startMailSystem(kind)
await fill(system)
const { imap, submission, users } = system
console.log(JSON.stringify({ event: 'ready', kind, domain: DOMAIN, imap, submission, users }))
const end = () => void system.stop().then(() => process.exit(0))
process.once('SIGINT', end).once('SIGTERM', end)
setInterval(() => undefined, 60_000)
