// A message of 25 MB goes up and is sent, and the web process does not hold it whole.
import { randomBytes } from 'node:crypto'
import { expect, it, vi } from 'vitest'
import { startMailSystem } from '../e2e/servers/index'
import { openMailbox } from '../e2e/servers/mailbox'
import { idleMegabytes, megabytes } from '../e2e/servers/memory'
import { putPiece, type UploadedFile } from '../e2e/servers/upload'
import { visitorOf } from '../e2e/servers/visitor'
import { startWeb } from '../e2e/servers/web'
import type { Job } from '../lib/model/draft'

const outbox = '/accounts/0/outbox'
const pieceBytes = 4 * 1024 * 1024
/** What base64 leaves of the 25 MB that servers take. */
const size = 18 * 1024 * 1024
/** It raises 30 to 60 MB; a collector that comes late on a busy machine doubles that. */
const mostAbove = 120

it.skipIf(process.platform !== 'linux')(
  'memory stays flat',
  async () => {
    const system = await startMailSystem('posthorn')
    const web = await startWeb(system)
    const theirs = await openMailbox(system, system.users.bob)
    try {
      const visitor = visitorOf(web)
      await visitor.signIn(system.users.alice)
      await visitor.call('GET', '/accounts/0/mailboxes/inbox/messages?offset=0&limit=50')
      const idle = idleMegabytes(web.pid())
      const piece = randomBytes(pieceBytes)
      const file = { id: 'f'.repeat(32), name: 'film.bin', size }
      let upload: UploadedFile | null = null
      for (let from = 0; from < size; from += pieceBytes) {
        const bytes = piece.subarray(0, Math.min(pieceBytes, size - from))
        const answer = await putPiece(visitor, { ...file, from, bytes })
        upload = answer.body<{ upload: UploadedFile | null }>().upload
      }
      const raised = [megabytes(web.pid(), 'VmHWM') - idle]
      const message = {
        ...{ subject: 'Film', html: '', text: 'Here.', inReplyTo: '', references: [], original: null },
        ...{
          draft: null,
          from: null,
          to: [{ name: '', address: system.users.bob.address }],
          cc: [],
          bcc: [],
        },
        uploads: [upload],
      }
      await visitor.call('POST', outbox, { message, undoSeconds: 0 })
      await vi.waitFor(
        async () => {
          const { jobs } = (await visitor.call('GET', outbox)).body<{ jobs: Job[] }>()
          expect(jobs).toEqual([])
        },
        { timeout: 60_000, interval: 250 },
      )
      await theirs.until('INBOX', (seen) => seen.length === 1)
      raised.push(megabytes(web.pid(), 'VmHWM') - idle)
      console.log(`above ${Math.round(idle)} MB: ${raised.map(Math.round).join(', ')} MB`)
      expect(Math.max(...raised)).toBeLessThanOrEqual(mostAbove)
    } finally {
      await theirs.close()
      await web.stop()
      await system.stop()
    }
  },
  120_000,
)
