'use client'
import { ImagePlus, RotateCw, X } from 'lucide-react'
import { useState } from 'react'
import { FileTile } from '@/components/message-view/file-tile'
import { shownSize } from '@/components/message-view/format'
import { Button } from '@/components/ui/button'
import { IconButton } from '@/components/ui/icon-button'
import { newContentId } from '@/lib/client/press'
import { useSignal } from '@/lib/client/signal'
import { useLaterWords } from '@/lib/i18n/later'
import { useWords } from '@/lib/i18n/react'
import type { Words } from '@/lib/i18n'
import type { EditorShared } from '../editor/format-bar'
import { schema } from '../editor/schema'
import type { Letter } from '../letter'
import { FileName } from './file-name'
import { totalLimit, type AttachedFile, type Files } from './files'
import { isHeavyPicture, makeSmaller } from './pictures'

interface FileListProps {
  letter: Letter
  shared: EditorShared
}

/** What stands in the text is seen there, unless something is wrong with it or the text can hold no pictures. */
const isListed = ({ cid, state, origin }: AttachedFile, format: 'rich' | 'plain'): boolean =>
  !cid || (format === 'rich' ? state.is === 'failed' : origin === 'own')

/** The files of the message, each with how far it is; in the order in which they will lie there. */
export function FileList({ letter, shared }: FileListProps) {
  const { composer: words } = useWords()
  const { files } = letter
  const all = useSignal(files.list, (list) => list)
  const format = useSignal(letter.state, (state) => state.format)
  const list = all.filter((file) => isListed(file, format))
  const move = (key: string, to: number) => {
    const beside = list[Math.max(0, Math.min(list.length - 1, to))]
    if (beside) files.move(key, all.indexOf(beside))
  }
  if (list.length === 0) return null
  return (
    <ul
      aria-label={words.uploads.region}
      className="mx-[18px] mt-1.5 mb-2.5 grid max-h-[150px] shrink-0 max-split:max-h-none grid-cols-[repeat(auto-fill,minmax(220px,1fr))] gap-2 overflow-y-auto"
    >
      {list.map((file, index) => (
        <Entry
          key={file.key}
          file={file}
          files={files}
          intoText={format === 'rich' ? () => putIntoText(files, file, shared) : null}
          onMove={(by) => move(file.key, index + by)}
        />
      ))}
    </ul>
  )
}

function putIntoText(files: Files, { key, name, cid = newContentId() }: AttachedFile, shared: EditorShared) {
  const view = shared.view.get()
  if (!view) return
  files.place(key, cid)
  const picture = schema.nodes.image.create({ src: `cid:${cid}`, alt: name })
  view.dispatch(view.state.tr.replaceSelectionWith(picture).scrollIntoView())
  view.focus()
}

const dragType = 'application/x-posthorn-file'

interface EntryProps {
  file: AttachedFile
  files: Files
  intoText: (() => void) | null
  onMove: (by: number) => void
}

function Entry({ file, files, intoText, onMove }: EntryProps) {
  const { uploads: words } = useWords().composer
  const { compose: more } = useLaterWords()
  const { state, name, key, type } = file
  const [naming, setNaming] = useState<'no' | 'yes'>('no')
  const underway = state.is === 'uploading' || state.is === 'waiting'
  const canRetry = state.is === 'failed' && state.code !== 'too-large'
  const isPicture = /^image\/(png|jpeg|gif|webp)$/.test(type)
  return (
    <li
      draggable={naming === 'no'}
      onDragStart={(event) => event.dataTransfer.setData(dragType, key)}
      onDragOver={(event) => event.dataTransfer.types.includes(dragType) && event.preventDefault()}
      onDrop={(event) => {
        const dragged = event.dataTransfer.getData(dragType)
        if (!dragged) return
        event.preventDefault()
        event.stopPropagation()
        const at = files.list.get().findIndex((one) => one.key === key)
        files.move(dragged, at)
      }}
      className="flex min-w-0 items-center gap-2.5 rounded-m border border-line py-2 ps-[9px] pe-1.5"
    >
      <FileTile name={name} type={type} />
      <div className="min-w-0 grow">
        <FileName file={file} files={files} naming={naming} onNaming={setNaming} onMove={onMove} />
        <Progress file={file} />
        {isHeavyPicture(file) && (
          <Button
            size="s"
            kind="quiet"
            className="-ms-2"
            aria-label={more.makeSmallerOf(name, shownSize(file.size))}
            onClick={() => void makeSmaller(files, file, more.notSmaller)}
          >
            {more.makeSmaller(shownSize(file.size))}
          </Button>
        )}
      </div>
      {isPicture && intoText && state.is === 'ready' && (
        <IconButton size="s" label={more.putIntoText(name)} icon={<ImagePlus />} onClick={intoText} />
      )}
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
