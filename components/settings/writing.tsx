'use client'
import { Choice } from '@/components/ui/choice'
import { usePreferences } from '@/lib/client/react'
import { useLaterWords } from '@/lib/i18n/later'
import { Setting, useSave } from './setting'

const undoTimes = [0, 5, 10, 20, 30, 60] as const
const formats = ['rich', 'plain'] as const
const places = ['above', 'below'] as const
const fontSizes = ['13', '14', '16', '18'] as const

/** How messages begin, how they look and when they leave. */
export function Writing() {
  const { writing: words } = useLaterWords()
  const wishes = usePreferences()
  const save = useSave()
  return (
    <>
      <Setting title={words.undo} hint={words.undoHint}>
        <Choice
          label={words.undo}
          value={String(wishes.undoSeconds)}
          onChange={(seconds) => save({ undoSeconds: Number(seconds) })}
          options={undoTimes.map((seconds) => ({
            value: String(seconds),
            label: words.undoSeconds(seconds),
          }))}
        />
      </Setting>
      <Setting title={words.format} hint={words.formatHint}>
        <Choice
          label={words.format}
          value={wishes.format}
          onChange={(format) => save({ format })}
          options={formats.map((value) => ({ value, label: words.formats[value] }))}
        />
      </Setting>
      <Setting title={words.fontSize} hint={words.fontSizeHint}>
        <Choice
          label={words.fontSize}
          value={wishes.fontSize}
          onChange={(fontSize) => save({ fontSize })}
          options={fontSizes.map((value) => ({ value, label: words.fontSizes[value] }))}
        />
      </Setting>
      <Setting title={words.answers} hint={words.answersHint}>
        <Choice
          label={words.answers}
          value={wishes.answers}
          onChange={(answers) => save({ answers })}
          options={places.map((value) => ({ value, label: words.answersOf[value] }))}
        />
      </Setting>
      <Setting title={words.signaturePlace} hint={words.signaturePlaceHint}>
        <Choice
          label={words.signaturePlace}
          value={wishes.signaturePlace}
          onChange={(signaturePlace) => save({ signaturePlace })}
          options={places.map((value) => ({ value, label: words.signaturePlaces[value] }))}
        />
      </Setting>
    </>
  )
}
