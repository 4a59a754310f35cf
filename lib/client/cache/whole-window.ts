// A window may come with fewer rows than there must be: messages left under the server's hands while it answered.
// A moment later its numbers hold again, so it is asked a few more times, ever slower; only then is it a problem.
import { AppError } from '@/lib/model/errors'
import type { MessageWindow } from '@/lib/model/message'

const pauses = [200, 600, 1500]

const after = (ms: number) => new Promise<void>((done) => setTimeout(done, ms))

export interface Asked {
  offset: number
  limit: number
}

const isWhole = ({ rows, total }: MessageWindow, { offset, limit }: Asked): boolean =>
  rows.length >= Math.min(limit, total - offset)

export const wholeWindow = async (
  asked: Asked,
  ask: () => Promise<MessageWindow>,
  wait: (ms: number) => Promise<void> = after,
): Promise<MessageWindow> => {
  for (const pause of pauses) {
    const window = await ask()
    if (isWhole(window, asked)) return window
    await wait(pause)
  }
  const last = await ask()
  if (isWhole(last, asked)) return last
  throw new AppError('mailbox-changed')
}
