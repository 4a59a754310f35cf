'use client'
import { Button } from '@/components/ui/button'
import { showToast } from '@/components/ui/toast'
import { call, codeOf } from '@/lib/client/api'
import type { App } from '@/lib/client/app'
import { useApp } from '@/lib/client/react'
import { useSignal } from '@/lib/client/signal'
import { useLaterWords } from '@/lib/i18n/later'
import { compose } from './desk'
import type { Letter } from './letter'
import { Notice } from './notice'
import { discard } from './send'

// Two windows or devices write the same draft. Each saves beside the other, so nothing is lost before somebody has
// chosen; the choice takes away what was not chosen, or makes two drafts of them.

function settled(letter: Letter): void {
  letter.state.set((now) => ({ ...now, elsewhere: { is: 'nothing' }, warning: 'none' }))
  letter.editor()?.focus()
}

/** The others go to Trash, where they can be had again. */
async function keepMine(letter: Letter, app: App): Promise<void> {
  // A save that is on its way would tell of them once more.
  await letter.autosave.flush()
  const { elsewhere } = letter.state.get()
  try {
    const { account } = letter
    const others = elsewhere.is === 'changed' ? elsewhere.others : []
    if (others.length > 0) await call('moveMessages', { account, folder: 'drafts', ids: others, to: 'trash' })
  } catch (problem) {
    // Gone meanwhile is as good; anything else is said again by the next save.
    const code = codeOf(problem)
    if (code !== 'message-gone' && code !== 'mailbox-changed')
      return showToast({ text: app.words().errors[code].title, tone: 'bad' })
  }
  settled(letter)
}

/** What was written here goes as anything discarded goes: with a way back that has every word. */
async function takeOther(letter: Letter, app: App): Promise<void> {
  const words = app.words()
  for (let left = mostAsked; left > 0; left--) {
    const { elsewhere } = letter.state.get()
    const message = elsewhere.is === 'changed' ? elsewhere.others.at(-1) : undefined
    if (!message) return
    const at = { account: letter.account, folder: 'drafts', message } as const
    try {
      const opened = await call('openDraft', at)
      // This one goes only once the other is there.
      compose({ kind: 'draft', at, opened })
      return await discard(letter, app)
    } catch (problem) {
      const code = codeOf(problem)
      if (code !== 'message-gone' || left === 1)
        return showToast({ text: words.errors[code].title, tone: 'bad' })
    }
    // Whoever writes it has saved since: a save asks which is its last.
    letter.touched()
    await letter.autosave.flush()
  }
}

const mostAsked = 4

/** From here on they are two drafts, and no version of the one is one of the other. */
async function keepBoth(letter: Letter): Promise<void> {
  const key = crypto.randomUUID?.() ?? `${letter.id}-${Date.now().toString(36)}`.slice(-64)
  letter.state.set((now) => ({ ...now, lineage: { ...now.lineage, key } }))
  letter.touched()
  // The save says that nobody is in the way; one that fails leaves the choice where it is.
  if ((await letter.autosave.flush()) === 'saved') settled(letter)
}

/** What became of this draft in another window, and what is to be done. */
export function Elsewhere({ letter }: { letter: Letter }) {
  const { compose: words } = useLaterWords()
  const app = useApp()
  const elsewhere = useSignal(letter.state, (state) => state.elsewhere)
  const held = useSignal(letter.state, (state) => state.warning === 'elsewhere')
  if (elsewhere.is === 'nothing') return null
  if (elsewhere.is === 'gone')
    return (
      <Notice
        action={
          <span className="flex flex-none flex-wrap gap-1.5">
            <Button size="s" onClick={() => settled(letter)}>
              {words.elsewhere.goOn}
            </Button>
            <Button size="s" kind="quiet" onClick={() => void discard(letter, app)}>
              {words.elsewhere.drop}
            </Button>
          </span>
        }
      >
        {held ? words.elsewhere.goneHeld : words.elsewhere.gone}
      </Notice>
    )
  return (
    <Notice
      action={
        <span className="flex flex-none flex-wrap gap-1.5">
          <Button size="s" onClick={() => void keepMine(letter, app)}>
            {words.elsewhere.mine}
          </Button>
          <Button size="s" onClick={() => void takeOther(letter, app)}>
            {words.elsewhere.other}
          </Button>
          <Button size="s" onClick={() => void keepBoth(letter)}>
            {words.elsewhere.both}
          </Button>
        </span>
      }
    >
      {held ? words.elsewhere.changedHeld : words.elsewhere.changed}
    </Notice>
  )
}
