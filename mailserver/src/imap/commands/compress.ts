// RFC 4978. Bytes that followed the command are already compressed.
import { createDeflateRaw, createInflateRaw, constants } from 'node:zlib'
import { Duplex } from 'node:stream'
import { define, no, ok, signedIn } from '../command'
import type { Session } from '../session'

const putOver = (session: Session): void => {
  const inflate = createInflateRaw({ flush: constants.Z_SYNC_FLUSH })
  const deflate = createDeflateRaw({ flush: constants.Z_SYNC_FLUSH, level: 5, memLevel: 5, windowBits: 13 })
  const { below } = session.intake
  const layer = Duplex.from({ readable: inflate, writable: deflate })
  const left = session.intake.switchTo(layer)
  session.out.switchTo(layer)
  if (left.length > 0) inflate.write(left)
  below.pipe(inflate)
  deflate.pipe(below)
  below.once('close', () => layer.destroy())
  inflate.once('error', () => below.destroy())
  layer.once('error', () => below.destroy())
}

export const compress = define({
  name: 'COMPRESS',
  states: signedIn,
  capabilities: (session) => (session.compressed || session.state === 'greeted' ? [] : ['COMPRESS=DEFLATE']),
  parse: (scanner) => {
    scanner.space()
    const mechanism = scanner.word('a mechanism')
    scanner.end()
    return mechanism
  },
  run: (session, mechanism) => {
    if (session.compressed) return no('compression is on already', 'COMPRESSIONACTIVE')
    if (mechanism !== 'DEFLATE') return no('only DEFLATE is offered', 'CANNOT')
    return {
      ...ok('from here on compressed'),
      after: async () => {
        await session.out.settled()
        session.compressed = true
        putOver(session)
      },
    }
  },
})
