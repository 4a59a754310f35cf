import {
  Archive,
  ArrowDown,
  ArrowUp,
  Check,
  CircleHelp,
  Copy,
  CornerUpRight,
  Download,
  File,
  Folder,
  FolderInput,
  Forward,
  Import,
  Inbox,
  Mail,
  MailOpen,
  PenLine,
  Reply,
  ReplyAll,
  RotateCw,
  Search,
  Send,
  Settings,
  SquareCheck,
  Star,
  Tag,
  Trash2,
  TriangleAlert,
  Undo2,
} from 'lucide-react'
import type { LucideIcon } from 'lucide-react'

const icons = {
  archive: Archive,
  check: Check,
  copy: Copy,
  down: ArrowDown,
  download: Download,
  drafts: File,
  folder: Folder,
  forward: Forward,
  help: CircleHelp,
  import: Import,
  inbox: Inbox,
  junk: TriangleAlert,
  label: Tag,
  move: FolderInput,
  read: MailOpen,
  redirect: CornerUpRight,
  refresh: RotateCw,
  reply: Reply,
  'reply-all': ReplyAll,
  search: Search,
  select: SquareCheck,
  sent: Send,
  settings: Settings,
  starred: Star,
  trash: Trash2,
  undo: Undo2,
  unread: Mail,
  up: ArrowUp,
  write: PenLine,
} as const satisfies Record<string, LucideIcon>

export type IconName = keyof typeof icons

/** Icons by name, for whatever describes itself in data (commands, folders). */
export function Icon({ name, className }: { name: IconName; className?: string }) {
  const Drawn = icons[name]
  return <Drawn aria-hidden="true" {...(className ? { className } : {})} />
}
