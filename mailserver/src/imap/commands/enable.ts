// RFC 9051 section 6.3.1 (RFC 5161); what may be enabled: CONDSTORE and QRESYNC (RFC 7162), UTF8=ACCEPT (RFC 6855).
import { define, ok, signedIn } from '../command'
import type { Extension, Session } from '../session'
import type { Scanner } from '../wire/scanner'
import { enableCondstore } from './condstore'

const known: readonly Extension[] = ['CONDSTORE', 'QRESYNC', 'UTF8=ACCEPT']

const readNames = (scanner: Scanner): string[] => {
  const names: string[] = []
  while (scanner.take(' ')) names.push(scanner.word('an extension'))
  scanner.end()
  return names.length > 0 ? names : scanner.fail('an extension')
}

const enableAll = (session: Session, names: readonly string[]) => {
  const news = known.filter((name) => names.includes(name) && !session.enabled.has(name))
  for (const name of news) {
    // RFC 7162 section 3.2.3: QRESYNC brings CONDSTORE with it.
    if (name === 'CONDSTORE' || name === 'QRESYNC') enableCondstore(session)
    session.enabled.add(name)
  }
  session.untagged(`ENABLED${news.map((name) => ` ${name}`).join('')}`)
  return ok('enabled')
}

export const enable = define({
  name: 'ENABLE',
  states: signedIn,
  capabilities: ['ENABLE', 'UTF8=ACCEPT', 'CONDSTORE', 'QRESYNC'],
  parse: readNames,
  run: enableAll,
})
