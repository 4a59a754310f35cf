// RFC 9051 section 6.4.8 (RFC 6851). COPYUID goes out before the EXPUNGEs, as section 4.3 of RFC 6851 asks.
import { define, ok, selected, type Reply } from '../command'
import type { Session } from '../session'
import { copyCode, readTransfer, resolveTransfer, type By, type Transfer } from './copy'
import { readOnly } from './expunge'

const run =
  (by: By) =>
  async (session: Session, wish: Transfer): Promise<Reply> => {
    if (session.selected.access === 'read-only') return readOnly()
    const resolved = resolveTransfer(session, wish, by)
    if ('status' in resolved) return resolved
    const { from, uids, to } = resolved
    if (uids.length === 0) return ok('nothing to move')
    const moved = await session.mail.move(from, uids, to)
    session.untagged(`OK [${copyCode(moved.uidValidity, uids, moved.uids)}] moved`)
    return ok('done')
  }

export const move = define({
  name: 'MOVE',
  states: selected,
  capabilities: ['MOVE'],
  parse: readTransfer,
  run: run('sequence'),
})
export const uidMove = define({ name: 'UID MOVE', states: selected, parse: readTransfer, run: run('uid') })
