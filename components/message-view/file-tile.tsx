import {
  AppWindow,
  CalendarDays,
  Contact,
  File,
  FileArchive,
  FileText,
  Film,
  Globe,
  Image as Picture,
  Mail,
  Music,
  Presentation,
  Sheet,
} from 'lucide-react'
import type { LucideIcon } from 'lucide-react'
import type { CSSProperties } from 'react'
import { kindOf, tileText, type FileKind } from '@/lib/model/file-kind'

const looks: Record<FileKind, { icon: LucideIcon; tint: string }> = {
  image: { icon: Picture, tint: '--accent' },
  pdf: { icon: FileText, tint: '--bad' },
  sheet: { icon: Sheet, tint: '--good' },
  document: { icon: FileText, tint: '--accent' },
  slides: { icon: Presentation, tint: '--warn' },
  archive: { icon: FileArchive, tint: '--warn' },
  audio: { icon: Music, tint: '--accent' },
  video: { icon: Film, tint: '--accent' },
  calendar: { icon: CalendarDays, tint: '--bad' },
  contact: { icon: Contact, tint: '--good' },
  mail: { icon: Mail, tint: '--accent' },
  page: { icon: Globe, tint: '--warn' },
  text: { icon: FileText, tint: '--ink-2' },
  program: { icon: AppWindow, tint: '--bad' },
  other: { icon: File, tint: '--ink-2' },
}

export interface FileTileProps {
  name: string
  type: string
  /** Where it is not what it says. */
  really?: FileKind | null
}

/** The small coloured square that says what a file is. */
export function FileTile({ name, type, really = null }: FileTileProps) {
  const kind = really ?? kindOf(name, type)
  const { icon: Drawn, tint } = looks[kind]
  const text = really ? '' : tileText(name, kind)
  return (
    <span
      aria-hidden="true"
      style={{ '--c': `var(${tint})` } as CSSProperties}
      className="grid size-[34px] shrink-0 place-items-center rounded-s bg-[color-mix(in_oklab,var(--c)_14%,var(--raised))] text-[10px] font-bold tracking-tight text-[color-mix(in_oklab,var(--c)_88%,var(--ink))]"
    >
      {text || <Drawn />}
    </span>
  )
}
