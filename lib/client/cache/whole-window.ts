// A window may come with fewer rows than there must be: messages left under the server's hands while it answered.
// A moment later its numbers hold again, so it is asked a few more times, ever slower; only then is it a problem.
// And it may be older than what was told of its folder while it was on its way: then it is asked for once more, for
// nobody will tell that again. A folder that is told of all the time is shown as it came.
import { AppError } from '@/lib/model/errors'
import type { MessageWindow } from '@/lib/model/message'

const pauses = [200, 600, 1500]

const after = (ms: number) => new Promise<void>((done) => setTimeout(done, ms))

export interface Asked {
  offset: number
  limit: number
}

interface Around {
  /** How much was told of the folder until now. */
  told?: () => number
  wait?: (ms: number) => Promise<void>
}

const isWhole = ({ rows, total }: MessageWindow, { offset, limit }: Asked): boolean =>
  rows.length >= Math.min(limit, total - offset)

export const wholeWindow = async (
  asked: Asked,
  ask: () => Promise<MessageWindow>,
  { told = () => 0, wait = after }: Around = {},
): Promise<MessageWindow> => {
  for (const pause of pauses) {
    const before = told()
    const window = await ask()
    if (told() !== before) continue
    if (isWhole(window, asked)) return window
    await wait(pause)
  }
  const last = await ask()
  if (isWhole(last, asked)) return last
  throw new AppError('mailbox-changed')
}
