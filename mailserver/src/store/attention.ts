// While somebody listens, the folders of the mailboxes he looked at are watched, so that mail another program drops there
// is told to an IDLE connection without polling.
//
// Invariant: watches are few: per user the mailboxes looked at last, over all users `mostWatched`; beyond that a change is
// noticed at the next refresh, as without a watch.
import { watch, type FSWatcher } from 'node:fs'
import { join } from 'node:path'

const perUser = 4
const mostWatched = 2_000
const settleTime = 60
let watched = 0

interface Watched {
  watchers: FSWatcher[]
  timer: NodeJS.Timeout | undefined
}

export class Attention {
  private readonly mailboxes = new Map<number, Watched>()
  constructor(private readonly changed: (mailbox: number) => void) {}

  attend(mailbox: number, path: string): void {
    const known = this.mailboxes.get(mailbox)
    if (known) {
      this.mailboxes.delete(mailbox)
      this.mailboxes.set(mailbox, known)
      return
    }
    if (watched >= mostWatched) return
    if (this.mailboxes.size >= perUser) this.drop([...this.mailboxes.keys()][0]!)
    const entry: Watched = { watchers: [], timer: undefined }
    this.mailboxes.set(mailbox, entry)
    watched += 1
    try {
      entry.watchers = ['new', 'cur'].map((each) => this.watchOne(mailbox, join(path, each), entry))
    } catch {
      // No inotify instance left, or the folder is gone: the next refresh will say.
      this.drop(mailbox)
    }
  }

  private watchOne(mailbox: number, path: string, entry: Watched): FSWatcher {
    const watcher = watch(path, { persistent: false }, () => {
      entry.timer ??= setTimeout(() => {
        entry.timer = undefined
        this.changed(mailbox)
      }, settleTime).unref()
    })
    watcher.on('error', () => this.drop(mailbox))
    return watcher
  }

  drop(mailbox: number): void {
    const entry = this.mailboxes.get(mailbox)
    if (!entry) return
    this.mailboxes.delete(mailbox)
    watched -= 1
    clearTimeout(entry.timer)
    for (const watcher of entry.watchers) watcher.close()
  }

  end(): void {
    for (const mailbox of [...this.mailboxes.keys()]) this.drop(mailbox)
  }
}
