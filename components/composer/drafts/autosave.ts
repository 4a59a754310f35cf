// Saves what is being written: to the browser at every pause, to the server soon after. One save at a time, and
// a change made while one is under way is saved by the next, so the last word always wins.

export interface AutosaveParts<T> {
  read: () => T
  /** Synchronous and cheap: the browser's own storage. */
  keep: (content: T, state: 'unsaved' | 'saved') => void
  save: (content: T) => Promise<void>
  told: (state: AutosaveState) => void
  /** Too much to be sent again at every pause. */
  isHeavy?: () => boolean
}

export type AutosaveState = 'unsaved' | 'saving' | 'saved' | 'failed'

export interface Autosave {
  changed: () => void
  /** Saves now what is not saved; settles when the server has it, or has failed to take it. */
  flush: () => Promise<AutosaveState>
  /** No saves until resumed; one under way is waited for, so that it cannot land after what follows. */
  hold: () => Promise<void>
  resume: () => void
  isClean: () => boolean
}

const pause = 400
const longestUnkept = 2000
const serverPause = 2000
const longestUnsaved = 5000
const heavyPause = 60_000
const retryAfter = 10_000

export function createAutosave<T>({ read, keep, save, told, isHeavy }: AutosaveParts<T>): Autosave {
  let version = 0
  let keptVersion = 0
  let savedVersion = 0
  let held = false
  let underway: Promise<AutosaveState> | null = null
  const keepTimer = createPause(
    () => ({ rest: pause, atMost: longestUnkept }),
    () => keepNow(),
  )
  const saveTimer = createPause(
    () =>
      isHeavy?.() ? { rest: heavyPause, atMost: heavyPause } : { rest: serverPause, atMost: longestUnsaved },
    () => void saveNow(),
  )

  const keepNow = () => {
    keepTimer.clear()
    if (held || keptVersion === version) return
    keptVersion = version
    keep(read(), 'unsaved')
  }
  const attempt = async (): Promise<AutosaveState> => {
    const saving = version
    const content = read()
    told('saving')
    try {
      await save(content)
      savedVersion = saving
      if (saving === version) keep(content, 'saved')
      told(saving === version ? 'saved' : 'unsaved')
      return 'saved'
    } catch {
      told('failed')
      if (!held) saveTimer.again(retryAfter)
      return 'failed'
    }
  }
  const saveNow = async (): Promise<AutosaveState> => {
    keepNow()
    saveTimer.clear()
    while (underway) await underway
    if (held || savedVersion === version) return 'saved'
    underway = attempt().finally(() => (underway = null))
    return underway
  }

  return {
    changed: () => {
      version++
      if (held) return
      told('unsaved')
      keepTimer.touch()
      saveTimer.touch()
    },
    flush: saveNow,
    hold: async () => {
      held = true
      keepTimer.clear()
      saveTimer.clear()
      await underway
    },
    resume: () => {
      held = false
      if (savedVersion === version) return
      keepTimer.touch()
      saveTimer.touch()
    },
    isClean: () => savedVersion === version,
  }
}

interface Pause {
  touch: () => void
  again: (after: number) => void
  clear: () => void
}

/**
 * Runs once nothing was touched for `rest`, and never later than `atMost` after the first touch. Touched at every key,
 * so the timer runs on and looks when it ends.
 */
function createPause(wait: () => { rest: number; atMost: number }, run: () => void): Pause {
  let timer: ReturnType<typeof setTimeout> | undefined
  let ends = Infinity
  let since: number | null = null
  let touched = 0
  const clear = () => {
    clearTimeout(timer)
    ends = Infinity
    since = null
  }
  const left = (): number => {
    if (since === null) return 0
    const { rest, atMost } = wait()
    // A clock that is set back makes no pause longer than a pause.
    return Math.min(rest, Math.min(touched + rest, since + atMost) - Date.now())
  }
  const again = (after: number) => {
    clearTimeout(timer)
    ends = Date.now() + after
    timer = setTimeout(() => {
      const more = Date.now() < touched ? 0 : left()
      if (more > 0) return again(more)
      clear()
      run()
    }, after)
  }
  return {
    touch: () => {
      touched = Date.now()
      since ??= touched
      const after = Math.max(0, left())
      if (touched + after < ends) again(after)
    },
    again,
    clear,
  }
}
