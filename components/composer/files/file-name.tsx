'use client'
import { ExternalLink, Pencil } from 'lucide-react'
import { IconButton } from '@/components/ui/icon-button'
import { inputClass } from '@/components/ui/input'
import { cx } from '@/components/ui/cx'
import { doors } from '@/lib/client/api'
import { useLaterWords } from '@/lib/i18n/later'
import type { AttachedFile, Files } from './files'

interface FileNameProps {
  file: AttachedFile
  files: Files
  naming: 'no' | 'yes'
  onNaming: (naming: 'no' | 'yes') => void
  onMove: (by: number) => void
}

/** What browsers show themselves, and nothing that could act. */
const canBeLookedAt = ({ name, type }: AttachedFile): boolean =>
  /^(image\/(png|jpe?g|gif|webp|avif|bmp)|application\/pdf|audio\/|video\/)/.test(type) ||
  /\.pdf$/i.test(name)

/** The name of a file to be sent, which can be another one; its place, by the arrow keys; and a look at it. */
export function FileName({ file, files, naming, onNaming, onMove }: FileNameProps) {
  const { compose: words } = useLaterWords()
  const { name, state } = file
  if (naming === 'yes') return <NameField file={file} files={files} onDone={() => onNaming('no')} />
  return (
    <div className="group/name flex min-w-0 items-center gap-0.5">
      <button
        type="button"
        title={name}
        aria-label={words.moveFile(name)}
        className="min-w-0 cursor-grab truncate rounded-s text-start"
        onKeyDown={(event) => {
          const by = { ArrowLeft: -1, ArrowRight: 1 }[event.key]
          if (!by) return
          event.preventDefault()
          const forwards = getComputedStyle(event.currentTarget).direction === 'rtl' ? -by : by
          onMove(forwards)
          const { currentTarget } = event
          requestAnimationFrame(() => currentTarget.focus())
        }}
        onDoubleClick={() => onNaming('yes')}
      >
        {name}
      </button>
      <IconButton
        size="s"
        label={words.rename(name)}
        icon={<Pencil className="lucide size-3.5!" />}
        className="size-6! pointer-coarse:size-9! opacity-0 group-focus-within/name:opacity-100 group-hover/name:opacity-100 pointer-coarse:opacity-100"
        onClick={() => {
          onNaming('yes')
        }}
      />
      {state.is === 'ready' && canBeLookedAt(file) && (
        <a
          href={doors.upload(state.upload.id)}
          target="_blank"
          rel="noreferrer"
          aria-label={words.look(name)}
          data-tip={words.look(name)}
          className="grid size-6 shrink-0 place-items-center rounded-s text-ink-2 opacity-0 group-focus-within/name:opacity-100 group-hover/name:opacity-100 hover:bg-hover focus-visible:opacity-100 pointer-coarse:size-9 pointer-coarse:opacity-100"
        >
          <ExternalLink aria-hidden="true" className="lucide size-3.5!" />
        </a>
      )}
    </div>
  )
}

interface NameFieldProps {
  file: AttachedFile
  files: Files
  onDone: () => void
}

function NameField({ file, files, onDone }: NameFieldProps) {
  const { compose: words } = useLaterWords()
  const keep = (typed: string) => {
    const name = typed.replace(/[\u0000-\u001f\u007f/\\]+/g, ' ').trim()
    if (name && name !== file.name) files.rename(file.key, name)
    onDone()
  }
  return (
    <input
      aria-label={words.fileName}
      autoFocus
      defaultValue={file.name}
      maxLength={200}
      dir="auto"
      className={cx(inputClass, 'h-7 px-2! pointer-coarse:h-9 pointer-coarse:text-[16px]')}
      onFocus={({ currentTarget }) => {
        const end = file.name.lastIndexOf('.')
        currentTarget.setSelectionRange(0, end > 0 ? end : file.name.length)
      }}
      onBlur={(event) => keep(event.target.value)}
      onKeyDown={(event) => {
        if (event.key !== 'Enter' && event.key !== 'Escape') return
        event.preventDefault()
        event.stopPropagation()
        if (event.key === 'Enter') keep(event.currentTarget.value)
        else onDone()
      }}
    />
  )
}
