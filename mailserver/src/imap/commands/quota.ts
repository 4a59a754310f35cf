// RFC 9208: one root for everything of a user; storage in units of 1024 bytes.
import { define, no, ok, signedIn } from '../command'
import { quote, readMailbox, writeMailbox } from '../grammar/utf7'
import type { Session } from '../session'

const rootName = ''

const tellQuota = (session: Session): void => {
  const { bytes, messages, byteLimit, messageLimit } = session.mail.quota()
  const resources = [
    ...(byteLimit === null ? [] : [`STORAGE ${Math.ceil(bytes / 1024)} ${Math.floor(byteLimit / 1024)}`]),
    ...(messageLimit === null ? [] : [`MESSAGE ${messages} ${messageLimit}`]),
  ]
  session.untagged(`QUOTA ${quote(rootName)} (${resources.join(' ')})`)
}

export const getQuota = define({
  name: 'GETQUOTA',
  states: signedIn,
  capabilities: ['QUOTA', 'QUOTA=RES-STORAGE', 'QUOTA=RES-MESSAGE'],
  parse: (scanner) => {
    scanner.space()
    const root = scanner.astring('a quota root')
    scanner.end()
    return root
  },
  run: (session, root) => {
    if (root !== rootName) return no('there is no such quota root', 'NONEXISTENT')
    tellQuota(session)
    return ok('that is the quota')
  },
})

export const getQuotaRoot = define({
  name: 'GETQUOTAROOT',
  states: signedIn,
  parse: (scanner, session) => {
    scanner.space()
    const name = readMailbox(scanner, session.nameForm)
    scanner.end()
    return name
  },
  run: (session, name) => {
    session.untagged(`QUOTAROOT ${writeMailbox(name, session.nameForm)} ${quote(rootName)}`)
    tellQuota(session)
    return ok('that is the quota')
  },
})
