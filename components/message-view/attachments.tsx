'use client'
import { useState } from 'react'
import { Download } from 'lucide-react'
import { doors } from '@/lib/client/api'
import type { MessageAt } from '@/lib/client/cache/state'
import { useWords } from '@/lib/i18n/react'
import type { Attachment } from '@/lib/model/message'
import { kindOf } from './file-kind'
import { FileTile } from './file-tile'
import { shownSize } from './format'

/** Larger pictures keep their tile: a thumbnail is not worth megabytes. */
const largestThumbnail = 3_000_000
const shownAtFirst = 24

export function Attachments({ at, files }: { at: MessageAt; files: readonly Attachment[] }) {
  const words = useWords()
  const [all, setAll] = useState<'some' | 'all'>('some')
  if (files.length === 0) return null
  const shown = all === 'all' ? files : files.slice(0, shownAtFirst)
  return (
    <div className="ps-[63px] pe-4 pb-4 max-sm:ps-4">
      <ul aria-label={words.reader.attachments} className="flex flex-wrap gap-2">
        {shown.map((file) => (
          <File key={file.part} at={at} file={file} />
        ))}
      </ul>
      {shown.length < files.length && (
        <button
          type="button"
          className="mt-2 rounded-s px-1 text-sm font-medium text-accent"
          onClick={() => setAll('all')}
        >
          {words.reader.allOf(files.length.toLocaleString())}
        </button>
      )}
    </div>
  )
}

function File({ at, file }: { at: MessageAt; file: Attachment }) {
  const url = doors.part(at, file.part)
  return (
    <li className="group relative flex max-w-full min-w-[196px] items-center gap-2.5 rounded-m border border-line bg-raised py-2 ps-[9px] pe-3 transition-colors hover:bg-hover max-sm:grow">
      <Preview file={file} url={url} />
      <div className="min-w-0 grow">
        <a
          href={url}
          download={file.name}
          className="block max-w-[280px] truncate after:absolute after:inset-0 after:rounded-m"
        >
          {file.name}
        </a>
        <p className="text-xs text-ink-3">{shownSize(file.size)}</p>
      </div>
      <Download
        aria-hidden="true"
        className="lucide text-ink-3 opacity-0 transition-opacity group-focus-within:opacity-100 group-hover:opacity-100"
      />
    </li>
  )
}

const drawable = /^image\/(png|jpeg|gif|webp|avif|bmp)$/i

function Preview({ file, url }: { file: Attachment; url: string }) {
  const [broken, setBroken] = useState<'no' | 'yes'>('no')
  const isPicture = kindOf(file.name, file.type) === 'image' && drawable.test(file.type)
  if (!isPicture || file.size > largestThumbnail || broken === 'yes')
    return <FileTile name={file.name} type={file.type} />
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
