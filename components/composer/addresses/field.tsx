'use client'
import { useEffect, useId, useRef, useState } from 'react'
import { arrowStep } from '@/components/ui/direction'
import { cx } from '@/components/ui/cx'
import { useWords } from '@/lib/i18n/react'
import { formatAddress, type Address } from '@/lib/model/address'
import { merge, parseAddresses } from './parse'
import { Pill } from './pill'
import type { Suggestion } from './suggest'
import { SuggestionList } from './suggestion-list'
import { useSuggestions } from './use-suggestions'

export interface AddressFieldProps {
  label: string
  list: Address[]
  onChange: (list: Address[]) => void
  /** Hands in what is typed but no pill yet, when the letter is about to be sent or closed. */
  onCommit: (commit: () => void) => () => void
  autoFocus?: boolean
  /** Stands at the end of the row. */
  children?: React.ReactNode
}

const dragType = 'application/x-posthorn-address'

/** A combobox whose chosen people stand before it as pills. */
export function AddressField(props: AddressFieldProps) {
  const { label, list, children, autoFocus } = props
  const words = useWords().composer
  const id = useId()
  const field = useField(props)
  const { typed, input, suggestions } = field
  const open = suggestions.list.length > 0
  return (
    <div
      className="relative flex min-h-[42px] flex-none items-start gap-2 border-b border-line py-[7px] ps-[18px] pe-3"
      onDragOver={(event) => event.dataTransfer.types.includes(dragType) && event.preventDefault()}
      onDrop={field.drop}
      onClick={(event) => event.target === event.currentTarget && input.current?.focus()}
    >
      <label
        htmlFor={id}
        className="w-[58px] shrink-0 pt-[3px] whitespace-nowrap text-ink-3 pointer-coarse:pt-2"
      >
        {label}
      </label>
      <div className="flex max-h-[132px] min-w-0 grow flex-wrap pointer-coarse:max-h-[156px] items-center gap-x-2 gap-y-1.5 overflow-y-auto p-px">
        <ul aria-label={words.recipientsOf(label)} className="contents">
          {list.map((who, index) => (
            <Pill
              key={who.address || index}
              who={who}
              onEdit={() => field.edit(index)}
              onRemove={() => field.remove(index)}
              onKeyDown={(event) => field.pillKey(event, index)}
              onDragStart={(event) => event.dataTransfer.setData(dragType, JSON.stringify(who))}
              onDragEnd={(event) => event.dataTransfer.dropEffect !== 'none' && field.remove(index)}
            />
          ))}
        </ul>
        <input
          ref={input}
          id={id}
          role="combobox"
          aria-autocomplete="list"
          aria-expanded={open}
          aria-controls={`${id}-list`}
          aria-activedescendant={open ? `${id}-${suggestions.active}` : undefined}
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          // The person has just asked for a new message: this is where it begins.
          autoFocus={autoFocus}
          value={typed}
          size={4}
          className={cx(
            'h-[26px] grow bg-transparent outline-none pointer-coarse:h-[34px] pointer-coarse:text-[16px]',
            // Behind a pill the field takes what is left of the line, and a line of its own once it is written in.
            list.length > 0 && typed === '' ? '-ms-2 w-0 min-w-0' : 'min-w-[70px]',
          )}
          onChange={(event) => field.type(event.target.value)}
          onKeyDown={field.inputKey}
          onPaste={field.paste}
          onBlur={field.commit}
        />
      </div>
      {children}
      <SuggestionList
        id={id}
        label={words.suggestions}
        list={suggestions.list}
        active={suggestions.active}
        onPick={field.pick}
        className={cx(!open && 'hidden')}
      />
    </div>
  )
}

const separators = /[,;\n]/

function useField({ list, onChange, onCommit }: AddressFieldProps) {
  const [typed, setTyped] = useState('')
  const input = useRef<HTMLInputElement>(null)
  const suggestions = useSuggestions(typed, list)
  const add = (more: Address[]) => {
    if (more.length > 0) onChange(merge([...list, ...more]))
  }
  const commit = () => {
    add(parseAddresses(typed))
    setTyped('')
    suggestions.dismiss()
  }
  const latest = useRef(commit)
  useEffect(() => {
    latest.current = commit
  })
  useEffect(() => onCommit(() => latest.current()), [onCommit])
  const remove = (index: number) => {
    onChange(list.toSpliced(index, 1))
    input.current?.focus()
  }
  const edit = (index: number) => {
    const who = list[index]
    if (!who) return
    onChange(merge([...list.toSpliced(index, 1), ...parseAddresses(typed)]))
    setTyped(formatAddress(who))
    requestAnimationFrame(() => input.current?.select())
    input.current?.focus()
  }
  const pick = ({ who, members = [who] }: Suggestion) => {
    add([...members])
    setTyped('')
    suggestions.dismiss()
    input.current?.focus()
  }
  const paste = (event: React.ClipboardEvent) => {
    const text = event.clipboardData.getData('text/plain')
    const found = parseAddresses(text)
    if (!text.includes('@') || (found.length < 2 && !text.includes('<'))) return
    event.preventDefault()
    add(found)
  }
  const drop = (event: React.DragEvent) => {
    const text = event.dataTransfer.getData(dragType)
    if (!text) return
    event.preventDefault()
    const who = JSON.parse(text) as Address
    onChange(merge([...list, { name: String(who.name), address: String(who.address) }]))
  }
  const type = (text: string) => {
    if (!separators.test(text) || /^[^@<]*,?[^@<]*$/.test(text)) return setTyped(text)
    // A comma inside "Veiga, Tomás <" is part of the name that is being typed.
    if (/^[^@<]+,[^@<]*<?[^>]*$/.test(text) && text.includes('<')) return setTyped(text)
    add(parseAddresses(text))
    setTyped('')
  }
  const keys = useFieldKeys({ typed, list, input, suggestions, commit, remove, pick })
  return { typed, input, suggestions, commit, remove, edit, pick, paste, drop, type, ...keys }
}

interface KeyParts {
  typed: string
  list: Address[]
  input: React.RefObject<HTMLInputElement | null>
  suggestions: ReturnType<typeof useSuggestions>
  commit: () => void
  remove: (index: number) => void
  pick: (one: Suggestion) => void
}

function useFieldKeys({ typed, list, input, suggestions, commit, remove, pick }: KeyParts) {
  const pills = () => [...(input.current?.parentElement?.querySelectorAll<HTMLElement>('[data-pill]') ?? [])]
  const open = suggestions.list.length > 0
  const chosen = suggestions.list[suggestions.active]

  const inputKey = (event: React.KeyboardEvent<HTMLInputElement>) => {
    if (event.nativeEvent.isComposing) return
    const atStart = event.currentTarget.selectionStart === 0 && event.currentTarget.selectionEnd === 0
    const { key } = event
    if (open && (key === 'ArrowDown' || key === 'ArrowUp')) suggestions.move(key === 'ArrowDown' ? 1 : -1)
    // Escape closes the window, but never while somebody is in the middle of a name.
    else if (key === 'Escape' && (open || typed !== '')) suggestions.dismiss()
    else if (key === 'Enter' && !event.ctrlKey && !event.metaKey) {
      if (chosen) pick(chosen)
      else commit()
    } else if (key === 'Tab' && !event.shiftKey && chosen) pick(chosen)
    else if ((key === 'Backspace' || arrowStep(key) === -1) && atStart && typed === '' && list.length > 0)
      pills().at(-1)?.focus()
    else return
    event.preventDefault()
    event.stopPropagation()
  }

  const pillKey = (event: React.KeyboardEvent, index: number) => {
    const { key } = event
    const all = pills()
    if (key === 'Backspace' || key === 'Delete') remove(index)
    else if (arrowStep(key) === -1) all[Math.max(0, index - 1)]?.focus()
    else if (arrowStep(key) === 1) (all[index + 1] ?? input.current)?.focus()
    else if (key === 'Home') all[0]?.focus()
    else if (key === 'End') input.current?.focus()
    else if (key.length === 1 && !event.ctrlKey && !event.metaKey && !event.altKey) {
      // What is typed goes on in the field.
      input.current?.focus()
      return
    } else return
    event.preventDefault()
  }
  return { inputKey, pillKey }
}
