'use client'
import { useId, useState } from 'react'
import type { FormEvent } from 'react'
import { Button } from '@/components/ui/button'
import { cx } from '@/components/ui/cx'
import { Dialog } from '@/components/ui/dialog'
import { Field, inputClass } from '@/components/ui/input'
import { folderName } from '@/lib/client/actions'
import { answerOf, codeOf } from '@/lib/client/api'
import { createFolder, renameFolder } from '@/lib/client/folders'
import { useApp, useMail } from '@/lib/client/react'
import type { Words } from '@/lib/i18n'
import { useWords } from '@/lib/i18n/react'
import { folderNameProblem } from '@/lib/model/folder-rules'
import type { FolderId } from '@/lib/model/folder-id'
import type { Mailbox } from '@/lib/model/mailbox'
import { takesFolders } from './folder-actions'
import { folderTree, inOrder } from './folder-tree'

/** What the server said, with its own sentence where it gave one. */
const refusalOf = (words: Words, problem: unknown): string => {
  const code = codeOf(problem)
  const answer = answerOf(problem)
  const { title, advice } = words.errors[code]
  return code === 'refused-by-server' && answer ? `${title}: ${answer}` : `${title}. ${advice}`
}

interface Naming {
  initial: string
  delimiter: string | null
  save: (name: string) => Promise<void>
  onClose: () => void
}

/** A name, refused in words before a server is asked, and by the server's words after. */
const useNaming = ({ initial, delimiter, save, onClose }: Naming) => {
  const words = useWords()
  const [name, setName] = useState(initial)
  const [problem, setProblem] = useState<string>()
  const [state, setState] = useState<'idle' | 'busy'>('idle')
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    const wrong = folderNameProblem(name, delimiter)
    if (wrong) return setProblem(words.folders.nameProblems[wrong](delimiter ?? ''))
    setState('busy')
    try {
      await save(name.trim())
      onClose()
    } catch (refused) {
      setProblem(refusalOf(words, refused))
      setState('idle')
    }
  }
  const change = (next: string) => {
    setName(next)
    setProblem(undefined)
  }
  return { name, change, problem, state, submit }
}

interface InsideProps {
  value: FolderId | null
  onChange: (folder: FolderId | null) => void
}

function Inside({ value, onChange }: InsideProps) {
  const words = useWords()
  const id = useId()
  const mailboxes = useMail((state) => state.mailboxes)
  const places = inOrder(folderTree(mailboxes)).filter(({ mailbox }) => takesFolders(mailbox))
  return (
    <div className="grid gap-1.5">
      <label htmlFor={id} className="text-sm font-medium text-ink">
        {words.folders.inside}
      </label>
      <select
        id={id}
        value={value ?? ''}
        onChange={(event) => onChange(event.target.value || null)}
        className={cx(inputClass, 'h-9 pointer-coarse:h-11')}
      >
        <option value="">{words.folders.topLevel}</option>
        {places.map(({ mailbox, depth }) => (
          <option key={mailbox.id} value={mailbox.id}>
            {`${'\u2003'.repeat(depth)}${folderName(words, mailbox)}`}
          </option>
        ))}
      </select>
    </div>
  )
}

interface NameDialogProps {
  /** The folder to be renamed, or the one a new folder is made in. */
  mailbox: Mailbox | null
  onClose: () => void
}

export function CreateDialog({ mailbox, onClose }: NameDialogProps) {
  const app = useApp()
  const words = useWords()
  const mailboxes = useMail((state) => state.mailboxes)
  const [parent, setParent] = useState(mailbox?.id ?? null)
  const above = mailboxes.find(({ id }) => id === parent) ?? mailboxes[0]
  const naming = useNaming({
    initial: '',
    delimiter: above?.delimiter ?? null,
    save: (name) => createFolder(app, { parent, name }),
    onClose,
  })
  return (
    <NameDialog
      title={words.folders.create}
      action={words.folders.createDo}
      naming={naming}
      onClose={onClose}
    >
      <Inside value={parent} onChange={setParent} />
    </NameDialog>
  )
}

export function RenameDialog({ mailbox, onClose }: NameDialogProps & { mailbox: Mailbox }) {
  const app = useApp()
  const { folders } = useWords()
  const { id, name, parent, delimiter } = mailbox
  const naming = useNaming({
    initial: name,
    delimiter,
    save: (next) => (next === name ? Promise.resolve() : renameFolder(app, id, { parent, name: next })),
    onClose,
  })
  return <NameDialog title={folders.renameTitle} action={folders.rename} naming={naming} onClose={onClose} />
}

interface FrameProps {
  title: string
  action: string
  naming: ReturnType<typeof useNaming>
  onClose: () => void
  children?: React.ReactNode
}

function NameDialog({ title, action, naming, onClose, children }: FrameProps) {
  const words = useWords()
  const id = useId()
  const { name, change, problem, state, submit } = naming
  return (
    <Dialog
      open
      onClose={onClose}
      close={words.shell.close}
      title={title}
      footer={
        <>
          <Button onClick={onClose}>{words.shell.cancel}</Button>
          <Button kind="primary" type="submit" form={id} state={state}>
            {action}
          </Button>
        </>
      }
    >
      <form id={id} onSubmit={(event) => void submit(event)} className="grid gap-4">
        <Field
          label={words.folders.name}
          value={name}
          dir="auto"
          autoFocus
          autoComplete="off"
          problem={problem}
          onFocus={(event) => event.target.select()}
          onChange={(event) => change(event.target.value)}
        />
        {children}
      </form>
    </Dialog>
  )
}
