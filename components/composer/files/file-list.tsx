'use client'
import { RotateCw, X } from 'lucide-react'
import { FileTile } from '@/components/message-view/file-tile'
import { shownSize } from '@/components/message-view/format'
import { IconButton } from '@/components/ui/icon-button'
import { useSignal } from '@/lib/client/signal'
import { useWords } from '@/lib/i18n/react'
import type { Words } from '@/lib/i18n'
import { totalLimit, type AttachedFile, type Files } from './files'

/** The files of the message, each with how far it is. */
export function FileList({ files }: { files: Files }) {
  const { composer: words } = useWords()
  const list = useSignal(files.list, (all) => all)
  if (list.length === 0) return null
  return (
    <ul
      aria-label={words.uploads.region}
      className="mx-[18px] mt-1.5 mb-2.5 grid max-h-[150px] shrink-0 grid-cols-[repeat(auto-fill,minmax(220px,1fr))] gap-2 overflow-y-auto"
    >
      {list.map((file) => (
        <Entry key={file.key} file={file} files={files} />
      ))}
    </ul>
  )
}

function Entry({ file, files }: { file: AttachedFile; files: Files }) {
  const { uploads: words } = useWords().composer
  const { state, name, key } = file
  const underway = state.is === 'uploading' || state.is === 'waiting'
  const canRetry = state.is === 'failed' && state.code !== 'too-large'
  return (
    <li className="flex min-w-0 items-center gap-2.5 rounded-m border border-line py-2 ps-[9px] pe-1.5">
      <FileTile name={name} type={file.type} />
      <div className="min-w-0 grow">
        <p className="truncate" title={name}>
          {name}
        </p>
        <Progress file={file} />
      </div>
      {canRetry && (
        <IconButton size="s" label={words.retry(name)} icon={<RotateCw />} onClick={() => files.retry(key)} />
      )}
      <IconButton
        size="s"
        label={underway ? words.cancel(name) : words.remove(name)}
        icon={<X />}
        onClick={() => files.remove(key)}
      />
    </li>
  )
}

function Progress({ file }: { file: AttachedFile }) {
  const words = useWords()
  const { state, size, name } = file
  if (state.is === 'ready') return <p className="text-xs text-ink-3">{shownSize(size)}</p>
  if (state.is === 'failed') return <p className="text-xs text-bad">{problemText(words, state.code)}</p>
  const sent = state.is === 'uploading' ? state.sent : 0
  const percent = size === 0 ? 100 : Math.round((sent / size) * 100)
  return (
    <>
      <p className="text-xs text-ink-3 tabular-nums">
        {words.composer.uploads.progress(shownSize(sent), shownSize(size))}
      </p>
      <div
        role="progressbar"
        aria-label={name}
        aria-valuenow={percent}
        className="mt-[5px] h-1 overflow-hidden rounded-full bg-line"
      >
        <div
          className="h-full origin-left rounded-full bg-accent transition-transform"
          style={{ transform: `scaleX(${percent / 100})` }}
        />
      </div>
    </>
  )
}

function problemText(words: Words, code: keyof Words['errors']): string {
  if (code === 'too-large') return words.composer.uploads.tooLarge(shownSize(totalLimit))
  if (code === 'connection-lost') return words.composer.uploads.failed
  return words.errors[code].title
}
