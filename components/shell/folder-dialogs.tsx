'use client'
import { useEffect, useState } from 'react'
import { shownSize } from '@/components/message-view/format'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { folderName, tellProblem } from '@/lib/client/actions'
import { call } from '@/lib/client/api'
import type { FolderTask } from '@/lib/client/app'
import { branchOf, emptyFolder, isInTrash, moveFolder, removeFolder } from '@/lib/client/folders'
import { useApp, useClock, useMail } from '@/lib/client/react'
import { useNumber, useWords } from '@/lib/i18n/react'
import type { FolderMeasure } from '@/lib/model/folder'
import type { Mailbox } from '@/lib/model/mailbox'
import { takesFolders } from './folder-actions'
import { CreateDialog, RenameDialog } from './folder-name-dialog'
import { FolderPicker } from './folder-picker'
import type { Pick } from './folder-picker'
import { folderTree, inOrder } from './folder-tree'
import { pickOf } from './move-dialog'

interface About {
  mailbox: Mailbox
  onClose: () => void
}

/** What lies in it: folders, and messages with those of the folders. */
const useHolds = ({ id }: Mailbox) => {
  const mailboxes = useMail((state) => state.mailboxes)
  const branch = branchOf(mailboxes, id)
  return { inside: branch.length - 1, mail: branch.reduce((sum, { total }) => sum + total, 0) }
}

function RemoveDialog({ mailbox, onClose }: About) {
  const app = useApp()
  const { folders, shell } = useWords()
  const { inside, mail } = useHolds(mailbox)
  const mailboxes = useMail((state) => state.mailboxes)
  // What is empty is worth no place in Trash, and what is there already goes no further.
  const way = isInTrash(mailboxes, mailbox.id) || inside + mail === 0 ? 'good' : 'trash'
  const remove = (how: 'trash' | 'good') => {
    onClose()
    void removeFolder(app, mailbox.id, how)
  }
  return (
    <Dialog
      open
      onClose={onClose}
      close={shell.close}
      title={folders.removeTitle(mailbox.name)}
      description={way === 'trash' ? folders.removeBody(inside, mail) : folders.removeGood(inside, mail)}
      footer={
        <>
          <Button onClick={onClose}>{shell.cancel}</Button>
          {way === 'trash' ? (
            <Button kind="primary" onClick={() => remove('trash')}>
              {folders.toTrash}
            </Button>
          ) : (
            <Button kind="danger" onClick={() => remove('good')}>
              {folders.forGood}
            </Button>
          )}
        </>
      }
    />
  )
}

function EmptyDialog({ mailbox, onClose }: About) {
  const app = useApp()
  const words = useWords()
  const { folders, shell } = words
  const { inside, mail } = useHolds(mailbox)
  const name = folderName(words, mailbox)
  const empty = () => {
    onClose()
    void emptyFolder(app, mailbox.id)
  }
  return (
    <Dialog
      open
      onClose={onClose}
      close={shell.close}
      title={folders.emptyTitle(name)}
      description={folders.emptyBody(inside, mail)}
      footer={
        <>
          <Button onClick={onClose}>{shell.cancel}</Button>
          <Button kind="danger" onClick={empty}>
            {folders.empty(name)}
          </Button>
        </>
      }
    />
  )
}

function MoveFolderDialog({ mailbox, onClose }: About) {
  const app = useApp()
  const words = useWords()
  const mailboxes = useMail((state) => state.mailboxes)
  const own = new Set(branchOf(mailboxes, mailbox.id).map(({ id }) => id))
  const top: Pick = { id: '', label: words.folders.topLevel, path: '', icon: 'folder', depth: 0 }
  const places = inOrder(folderTree(mailboxes))
    .filter(({ mailbox: one }) => takesFolders(one) && !own.has(one.id) && one.id !== mailbox.parent)
    .map((node) => pickOf(words, node))
  const picks = mailbox.parent === null ? places : [top, ...places]
  const pick = ({ id }: Pick) => {
    onClose()
    void moveFolder(app, mailbox.id, id || null)
  }
  return (
    <Dialog open onClose={onClose} close={words.shell.close} title={words.folders.move}>
      <FolderPicker asks={words.folders.which} picks={picks} onPick={pick} />
    </Dialog>
  )
}

const rightsShown = ['r', 's', 'w', 'i', 't', 'k', 'x', 'a'] as const

function Properties({ mailbox, onClose }: About) {
  const number = useNumber()
  const app = useApp()
  const words = useWords()
  const { locale } = useClock()
  const { folders } = words
  const [measure, setMeasure] = useState<FolderMeasure | null>(null)
  const { inside } = useHolds(mailbox)
  const { id, rights } = mailbox
  useEffect(() => {
    let current = true
    call('folderProperties', { account: app.person.account, folder: id })
      .then((told) => current && setMeasure(told))
      .catch((problem: unknown) => current && tellProblem(app, folders.properties, problem))
    return () => {
      current = false
    }
  }, [app, id, folders])
  const size = measure && (measure.size === null ? folders.sizeUnknown : shownSize(measure.size, locale))
  const may = rightsShown.filter((right) => rights?.includes(right)).map((right) => folders.may[right])
  const facts: [string, string][] = [
    [folders.facts.path, mailbox.path],
    [folders.facts.total, number(measure?.total ?? mailbox.total)],
    [folders.facts.unread, number(measure?.unread ?? mailbox.unread)],
    [folders.facts.size, size ?? '…'],
    ...(inside > 0 ? [[folders.facts.folders, number(inside)] as [string, string]] : []),
    ...(rights === null ? [] : [[folders.facts.rights, may.join(', ')] as [string, string]]),
  ]
  return (
    <Dialog open onClose={onClose} close={words.shell.close} title={folderName(words, mailbox)}>
      <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-6 gap-y-2 pb-3">
        {facts.map(([name, value]) => (
          <div key={name} className="contents">
            <dt className="text-ink-2">{name}</dt>
            <dd dir="auto" className="m-0 wrap-anywhere tabular-nums">
              {value}
            </dd>
          </div>
        ))}
      </dl>
    </Dialog>
  )
}

const dialogs = {
  rename: RenameDialog,
  move: MoveFolderDialog,
  delete: RemoveDialog,
  empty: EmptyDialog,
  properties: Properties,
}

/** What is asked about a folder; nothing when it is no longer there. */
export default function FolderDialogs({ task, onClose }: { task: FolderTask; onClose: () => void }) {
  const mailbox = useMail((state) => state.mailboxes.find(({ id }) => id === task.folder)) ?? null
  if (task.kind === 'create') return <CreateDialog mailbox={mailbox} onClose={onClose} />
  if (!mailbox) return null
  const Asked = dialogs[task.kind]
  return <Asked mailbox={mailbox} onClose={onClose} />
}
