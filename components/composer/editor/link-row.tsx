'use client'
import { useId, useState } from 'react'
import { Button } from '@/components/ui/button'
import { inputClass } from '@/components/ui/input'
import { cx } from '@/components/ui/cx'
import { useWords } from '@/lib/i18n/react'
import { linkAtCursor, setLink } from './commands'
import type { EditorShared } from './format-bar'
import { linkFromTyping } from './safe'

/** Where a link's address is written, below the text it belongs to. */
export function LinkRow({ shared, onDone }: { shared: EditorShared; onDone: () => void }) {
  const words = useWords().composer
  const id = useId()
  const [here] = useState(() => {
    const state = shared.view.get()?.state
    return state ? linkAtCursor(state) : null
  })
  const [typed, setTyped] = useState(here?.href ?? '')
  const [broken, setBroken] = useState<'no' | 'yes'>('no')
  const apply = (href: string) => {
    const view = shared.view.get()
    if (view) setLink(href)(view.state, view.dispatch, view)
    onDone()
    view?.focus()
  }
  const submit = () => {
    const href = linkFromTyping(typed)
    if (!href) return setBroken('yes')
    apply(href)
  }
  return (
    <form
      className="flex flex-none flex-wrap items-center gap-2 border-t border-line px-[18px] py-2"
      onSubmit={(event) => {
        event.preventDefault()
        event.stopPropagation()
        submit()
      }}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return
        event.preventDefault()
        event.stopPropagation()
        onDone()
        shared.view.get()?.focus()
      }}
    >
      <label htmlFor={id} className="sr-only">
        {words.linkAddress}
      </label>
      <input
        id={id}
        autoFocus
        inputMode="url"
        autoComplete="off"
        spellCheck={false}
        placeholder="https://"
        value={typed}
        aria-invalid={broken === 'yes' || undefined}
        aria-describedby={broken === 'yes' ? `${id}-note` : undefined}
        className={cx(inputClass, 'h-8 grow basis-40')}
        onChange={(event) => {
          setTyped(event.target.value)
          setBroken('no')
        }}
      />
      <Button size="s" kind="primary" type="submit">
        {words.linkApply}
      </Button>
      {here && (
        <Button size="s" onClick={() => apply('')}>
          {words.linkRemove}
        </Button>
      )}
      {broken === 'yes' && (
        <p id={`${id}-note`} role="alert" className="basis-full text-xs text-bad">
          {words.linkBroken}
        </p>
      )}
    </form>
  )
}
