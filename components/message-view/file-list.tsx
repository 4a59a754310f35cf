'use client'
import { useState } from 'react'
import { Download, Ellipsis, ExternalLink, Eye, PenLine, TriangleAlert } from 'lucide-react'
import { IconButton } from '@/components/ui/icon-button'
import { Menu, MenuItem, MenuPanel, MenuTrigger } from '@/components/ui/menu'
import { doors } from '@/lib/client/api'
import type { MessageAt } from '@/lib/client/cache/state'
import { useClock } from '@/lib/client/react'
import { useNumber, useWords } from '@/lib/i18n/react'
import { kindOf } from '@/lib/model/file-kind'
import type { Attachment } from '@/lib/model/message'
import { viewOf } from '@/lib/model/file-view'
import { FileTile } from './file-tile'
import { shownSize } from './format'
import { writeWith } from './write-with'

/** Larger pictures keep their tile: a thumbnail is not worth megabytes. */
const largestThumbnail = 3_000_000
const shownAtFirst = 24

export interface FileListProps {
  at: MessageAt
  files: readonly Attachment[]
  /** Opens the overlay; without it files can only be saved. */
  onLook?: (file: Attachment) => void
}

/** Attachments as tiles: the name saves the file, the rest of the tile looks at it. */
export function FileList({ at, files, onLook }: FileListProps) {
  const number = useNumber()
  const words = useWords()
  const [all, setAll] = useState<'some' | 'all'>('some')
  const shown = all === 'all' ? files : files.slice(0, shownAtFirst)
  return (
    <>
      <ul aria-label={words.reader.attachments} className="flex flex-wrap gap-2">
        {shown.map((file) => (
          <File key={file.part} at={at} file={file} onLook={onLook} />
        ))}
      </ul>
      {shown.length < files.length && (
        <button
          type="button"
          className="mt-2 rounded-s px-1 text-sm font-medium text-accent"
          onClick={() => setAll('all')}
        >
          {words.reader.allOf(number(files.length))}
        </button>
      )}
    </>
  )
}

interface FileProps {
  at: MessageAt
  file: Attachment
  onLook: FileListProps['onLook']
}

function File({ at, file, onLook }: FileProps) {
  const url = doors.part(at, file.part)
  return (
    <li className="group relative flex max-w-full min-w-[196px] items-center gap-2.5 rounded-m border border-line bg-raised py-2 ps-[9px] pe-1 transition-colors hover:bg-hover max-sm:grow">
      <Opener at={at} file={file} onLook={onLook}>
        <Thumbnail file={file} url={url} />
      </Opener>
      <div className="pointer-events-none min-w-0 grow">
        <a
          href={url}
          download={file.name}
          className="pointer-events-auto relative block w-fit max-w-[260px] truncate hover:underline"
        >
          {file.name}
        </a>
        <Facts file={file} />
      </div>
      <FileMenu at={at} file={file} onLook={onLook} />
    </li>
  )
}

/** Its picture opens it, and so does the rest of the tile but for the name. */
function Opener({ at, file, onLook, children }: FileProps & { children: React.ReactNode }) {
  const { preview } = useWords().reader
  const view = onLook ? viewOf(file) : 'none'
  const whole = 'shrink-0 rounded-s after:absolute after:inset-0 after:rounded-m'
  if (view === 'none') return children
  if (view === 'tab')
    return (
      <a
        href={doors.part(at, file.part, 'look')}
        target="_blank"
        rel="noopener noreferrer"
        aria-label={preview.openTab(file.name)}
        className={whole}
      >
        {children}
      </a>
    )
  return (
    <button
      type="button"
      aria-label={preview.look(file.name)}
      className={whole}
      onClick={() => onLook?.(file)}
    >
      {children}
    </button>
  )
}

function Facts({ file }: { file: Attachment }) {
  const { preview } = useWords().reader
  const { locale } = useClock()
  const said = kindOf(file.name, file.type)
  const isProgram = said === 'program' && file.really === null
  const warning = file.really
    ? preview.saysIs(preview.kinds[said], preview.kinds[file.really])
    : isProgram
      ? preview.isProgram
      : ''
  if (!warning) return <p className="text-xs text-ink-3">{shownSize(file.size, locale)}</p>
  return (
    <p className="flex items-center gap-1 text-xs font-medium text-bad">
      <TriangleAlert aria-hidden="true" className="lucide size-3.5! shrink-0" />
      <span>{warning}</span>
      <span className="font-normal text-ink-3">· {shownSize(file.size, locale)}</span>
    </p>
  )
}

function FileMenu({ at, file, onLook }: FileProps) {
  const { preview } = useWords().reader
  const view = onLook ? viewOf(file) : 'none'
  const open = (url: string) => window.open(url, '_blank', 'noopener,noreferrer')
  return (
    <Menu>
      <MenuTrigger asChild>
        <IconButton
          label={preview.more(file.name)}
          icon={<Ellipsis />}
          size="s"
          className="relative opacity-0 transition-opacity group-focus-within:opacity-100 group-hover:opacity-100 aria-expanded:opacity-100 pointer-coarse:opacity-100"
        />
      </MenuTrigger>
      <MenuPanel align="end">
        {view === 'tab' && (
          <MenuItem icon={<ExternalLink />} onSelect={() => open(doors.part(at, file.part, 'look'))}>
            {preview.tab}
          </MenuItem>
        )}
        {view !== 'tab' && view !== 'none' && (
          <MenuItem icon={<Eye />} onSelect={() => onLook?.(file)}>
            {preview.show}
          </MenuItem>
        )}
        <MenuItem icon={<Download />} onSelect={() => save(doors.part(at, file.part), file.name)}>
          {preview.download}
        </MenuItem>
        <MenuItem icon={<PenLine />} onSelect={() => writeWith(at, [file])}>
          {preview.write}
        </MenuItem>
      </MenuPanel>
    </Menu>
  )
}

const save = (url: string, name: string): void => {
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
}

const drawable = /^image\/(png|jpeg|gif|webp|avif|bmp)$/i

function Thumbnail({ file, url }: { file: Attachment; url: string }) {
  const [broken, setBroken] = useState<'no' | 'yes'>('no')
  const isPicture = kindOf(file.name, file.type) === 'image' && drawable.test(file.type)
  if (!isPicture || file.size > largestThumbnail || broken === 'yes')
    return <FileTile name={file.name} type={file.type} really={file.really} />
  return (
    // eslint-disable-next-line @next/next/no-img-element -- a part of a message, not an asset to optimise
    <img
      src={url}
      alt=""
      loading="lazy"
      decoding="async"
      className="size-[34px] shrink-0 rounded-s bg-sunken object-cover"
      onError={() => setBroken('yes')}
    />
  )
}
