// What runs inside the page of each webmail: a walk begins with the person's act and ends when what was
// wanted stands there, both by the page's own clock. Handed over as an init script, so it may name nothing outside itself.

/** The words of a body, a subject: what to act on and what must then be seen. */
export interface Steps {
  /** Clicks the row of this subject; until its text is read. Roundcube's is clicked from outside. */
  open?(subject: string): Promise<number>
  /** Goes on from the open message to the one below it. */
  next?(subject: string): Promise<number>
  /** Brings the row at this place of the list (0 is the newest) into view. */
  jump(place: number, subject: string): Promise<number>
  /** Stars the row; until the server has confirmed it. */
  star(subject: string): Promise<number>
  /** Moves the row to Archive; until the server has confirmed it. */
  archive(subject: string): Promise<number>
  /** How long until a row of this subject stands there. */
  listed(subject: string): Promise<number>
}

interface Tools {
  until(fact: () => boolean): Promise<void>
  timed(act: () => void, fact: () => boolean): Promise<number>
  /** Until the answer to a request whose address holds this word. */
  answered(act: () => void, word: string): Promise<number>
}

declare global {
  interface Window {
    bench: Steps
    benchTools: Tools
  }
}

export const pageTools = (): void => {
  // Roundcube looks for new mail once a minute.
  const longest = 90_000
  const until: Tools['until'] = async (fact) => {
    const end = performance.now() + longest
    while (!fact()) {
      if (performance.now() > end) throw new Error(`never came true: ${String(fact)}`)
      await new Promise((done) => setTimeout(done, 1))
    }
  }
  window.benchTools = {
    until,
    timed: async (act, fact) => {
      const start = performance.now()
      act()
      await until(fact)
      return performance.now() - start
    },
    answered: async (act, word) => {
      performance.clearResourceTimings()
      const start = performance.now()
      act()
      let end = 0
      await until(() => {
        const asked = performance.getEntriesByType('resource') as PerformanceResourceTiming[]
        end = asked.find((one) => one.startTime >= start && one.name.includes(word))?.responseEnd ?? 0
        return end > 0
      })
      return end - start
    },
  }
}

export const posthornSteps = (): void => {
  const { until, timed, answered } = window.benchTools
  const rows = () => [...document.querySelectorAll<HTMLElement>('[role=grid] [role=row]')]
  const row = (subject: string) =>
    rows().find((one) => new RegExp(`${subject}(?!\\d)`).test(one.textContent ?? ''))
  // Its document is laid out in the place where it is read: what is asked here makes the browser do so, if it has not yet.
  // The screen's next frame paints it.
  const shows = (words: string) => () =>
    [...document.querySelectorAll<HTMLIFrameElement>('iframe:not([inert] *)')].some((frame) => {
      const text = frame.contentDocument?.body
      if (!text?.dataset.phKind || !text.textContent?.includes(words)) return false
      const isSeen = frame.checkVisibility({ visibilityProperty: true }) && frame.clientHeight > 0
      return isSeen && text.getBoundingClientRect().height > 0
    })
  const button = async (subject: string, names: string[]) => {
    row(subject)?.dispatchEvent(new PointerEvent('pointerover', { bubbles: true, pointerType: 'mouse' }))
    const found = () =>
      [...(row(subject)?.querySelectorAll('button') ?? [])].find((one) =>
        names.includes(one.getAttribute('aria-label') ?? ''),
      )
    await until(() => found() !== undefined)
    return found() as HTMLElement
  }
  window.bench = {
    open: async (subject) => {
      // A click before the page hears anything follows the link, to a page of its own.
      await until(() => document.documentElement.dataset.keys === 'all')
      return timed(() => row(subject)?.querySelector<HTMLElement>('a')?.click(), shows(`This is ${subject}.`))
    },
    next: (subject) =>
      timed(
        () =>
          document.body.dispatchEvent(
            new KeyboardEvent('keydown', { key: 'j', code: 'KeyJ', bubbles: true }),
          ),
        shows(`This is ${subject}.`),
      ),
    jump: (place, subject) =>
      timed(
        () => document.querySelector('[role=grid]')?.scrollTo(0, place * 80),
        () => row(subject) !== undefined,
      ),
    star: async (subject) => {
      const star = await button(subject, ['Star', 'Remove star'])
      return answered(() => star.click(), '/flags')
    },
    archive: async (subject) => {
      const archive = await button(subject, ['Archive'])
      return answered(() => archive.click(), '/move')
    },
    listed: (subject) =>
      timed(
        () => undefined,
        () => row(subject) !== undefined,
      ),
  }
}

interface Rcmail {
  list_page(page: number): void
  mark_message(flag: string, uid: string): void
  move_messages(mailbox: string, event: null, uids: string[]): void
  message_list: { rows: Record<string, { uid: string; obj: HTMLElement }> }
}

export const roundcubeSteps = (): void => {
  const pageSize = 50
  const { timed, answered } = window.benchTools
  const mail = () => (window as unknown as { rcmail: Rcmail }).rcmail
  const row = (subject: string) =>
    Object.values(mail().message_list.rows).find(({ obj }) =>
      new RegExp(`${subject}(?!\\d)`).test(obj.textContent ?? ''),
    )
  window.bench = {
    jump: (place, subject) =>
      timed(
        () => mail().list_page(Math.floor(place / pageSize) + 1),
        () => row(subject) !== undefined,
      ),
    star: (subject) =>
      answered(() => mail().mark_message('flagged', row(subject)?.uid ?? ''), '_action=mark'),
    archive: (subject) =>
      answered(() => mail().move_messages('Archive', null, [row(subject)?.uid ?? '']), '_action=move'),
    listed: (subject) =>
      timed(
        () => undefined,
        () => row(subject) !== undefined,
      ),
  }
}
