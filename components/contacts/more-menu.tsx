'use client'
import { Download, Ellipsis, FolderPen, PenLine, Trash2, Upload } from 'lucide-react'
import { useRef, useState } from 'react'
import { compose } from '@/components/composer/desk'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { IconButton } from '@/components/ui/icon-button'
import { Field } from '@/components/ui/input'
import { Menu, MenuItem, MenuLine, MenuPanel, MenuTrigger } from '@/components/ui/menu'
import { tellProblem } from '@/lib/client/actions'
import { doors } from '@/lib/client/api'
import { importPeople, membersOf, people, renameGroup } from '@/lib/client/contacts'
import { useApp } from '@/lib/client/react'
import { useLaterWords } from '@/lib/i18n/later'

function useImport() {
  const app = useApp()
  const words = useLaterWords().contacts
  return async (file: File | undefined) => {
    if (!file) return
    try {
      const { added, known, unread } = await importPeople(file)
      const none = added + known + unread === 0
      app.notify({
        tone: none ? 'bad' : 'plain',
        text: none ? words.noCards : words.imported(added, known, unread),
      })
    } catch (problem) {
      tellProblem(app, words.importing(file.name), problem)
    }
  }
}

/** The button, and the field behind it that asks for the file. */
function useFilePicker() {
  const picker = useRef<HTMLInputElement>(null)
  const take = useImport()
  const field = (
    <input
      ref={picker}
      type="file"
      accept=".vcf,.vcard,text/vcard,text/x-vcard"
      hidden
      onChange={(event) => {
        void take(event.target.files?.[0])
        event.target.value = ''
      }}
    />
  )
  return { field, pick: () => picker.current?.click() }
}

export function ImportButton() {
  const words = useLaterWords().contacts
  const { field, pick } = useFilePicker()
  return (
    <>
      <Button onClick={pick}>{words.import}</Button>
      {field}
    </>
  )
}

export function MoreMenu({ group }: { group: string | null }) {
  const words = useLaterWords().contacts
  const { field, pick } = useFilePicker()
  const [renaming, setRenaming] = useState<'no' | 'yes'>('no')
  return (
    <>
      <Menu>
        <MenuTrigger asChild>
          <IconButton label={words.more} icon={<Ellipsis className="lucide" />} />
        </MenuTrigger>
        <MenuPanel align="end">
          {group !== null && <GroupItems group={group} onRename={() => setRenaming('yes')} />}
          <MenuItem icon={<Upload className="lucide" />} onSelect={pick}>
            {words.import}
          </MenuItem>
          <MenuItem
            icon={<Download className="lucide" />}
            onSelect={() => window.location.assign(doors.exportContacts())}
          >
            {words.export}
          </MenuItem>
        </MenuPanel>
      </Menu>
      {field}
      {renaming === 'yes' && group !== null && (
        <RenameDialog group={group} onClose={() => setRenaming('no')} />
      )}
    </>
  )
}

function GroupItems({ group, onRename }: { group: string; onRename: () => void }) {
  const app = useApp()
  const words = useLaterWords().contacts
  const remove = async () => {
    try {
      await renameGroup(group, null)
      app.notify({ tone: 'plain', text: words.groupRemoved(group) })
    } catch (problem) {
      tellProblem(app, words.removeGroup, problem)
    }
  }
  return (
    <>
      <MenuItem
        icon={<PenLine className="lucide" />}
        onSelect={() => void compose({ kind: 'new', to: membersOf(people.get().list, group) })}
      >
        {words.writeGroup}
      </MenuItem>
      <MenuItem icon={<FolderPen className="lucide" />} onSelect={onRename}>
        {words.renameGroup}
      </MenuItem>
      <MenuItem
        icon={<Download className="lucide" />}
        onSelect={() => window.location.assign(doors.exportContacts(group))}
      >
        {words.exportGroup}
      </MenuItem>
      <MenuItem icon={<Trash2 className="lucide" />} tone="danger" onSelect={() => void remove()}>
        {words.removeGroup}
      </MenuItem>
      <MenuLine />
    </>
  )
}

function RenameDialog({ group, onClose }: { group: string; onClose: () => void }) {
  const app = useApp()
  const words = useLaterWords().contacts
  const [name, setName] = useState(group)
  const save = async () => {
    const to = name.trim()
    onClose()
    if (to === '' || to === group) return
    await renameGroup(group, to).catch((problem: unknown) => tellProblem(app, words.renameGroup, problem))
  }
  return (
    <Dialog
      open
      onClose={onClose}
      title={words.renameTitle(group)}
      close={words.close}
      footer={
        <>
          <Button onClick={onClose}>{words.cancel}</Button>
          <Button kind="primary" onClick={() => void save()}>
            {words.save}
          </Button>
        </>
      }
    >
      <Field
        label={words.groupName}
        value={name}
        maxLength={100}
        onChange={(event) => setName(event.target.value)}
        onKeyDown={(event) => event.key === 'Enter' && void save()}
      />
    </Dialog>
  )
}
