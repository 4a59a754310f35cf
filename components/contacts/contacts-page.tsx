'use client'
import { ArrowLeft, Plus, UsersRound } from 'lucide-react'
import { useEffect, useState } from 'react'
import { BackLink } from '@/components/ui/back-link'
import { Button } from '@/components/ui/button'
import { cx } from '@/components/ui/cx'
import { IconButton } from '@/components/ui/icon-button'
import { inputClass } from '@/components/ui/input'
import { EmptyState, ErrorState } from '@/components/ui/states'
import { loadPeople, people } from '@/lib/client/contacts'
import { useSignal } from '@/lib/client/signal'
import { useLaterWords } from '@/lib/i18n/later'
import type { Contact } from '@/lib/model/contact'
import { useContactActs } from './acts'
import { Circles } from './circles'
import { ContactForm } from './contact-form'
import { ContactList } from './contact-list'
import { ContactView } from './contact-view'
import { ImportButton, MoreMenu } from './more-menu'
import { choose, circleNow, type Circle } from './sort'
import { useOpen } from './use-open'

/** The people somebody knows: a register beside what is known of one of them; on a phone one over the other. */
export function ContactsPage() {
  const words = useLaterWords().contacts
  const { open, go } = useOpen()
  const { state, list } = useSignal(people, (now) => now)
  const [chosen, setCircle] = useState<Circle>({ kind: 'all' })
  const circle = circleNow(chosen, list)
  const [wanted, setWanted] = useState('')
  const shown = choose(list, circle, wanted)
  const acts = useContactActs((id) => go(id, 'replace'))
  useEffect(() => {
    document.title = `${words.title} – Posthorn`
    void loadPeople()
  }, [words])
  const look = (id: string, how: 'look' | 'enter') =>
    go(id, open === null && how === 'enter' ? 'push' : 'replace')
  return (
    <main className="flex h-full min-w-0">
      <section
        className={cx(
          'flex min-h-0 min-w-0 flex-col bg-surface split:w-[min(380px,42%)] split:shrink-0 split:border-x max-split:w-full',
          open && 'max-split:hidden',
        )}
      >
        <Bar onNew={() => go('new', 'push')} group={circle.kind === 'group' ? circle.group : null} />
        <Search value={wanted} onChange={setWanted} />
        <Circles list={list} circle={circle} onChange={setCircle} />
        {state === 'failed' ? (
          <ErrorState
            title={words.failed}
            actions={<Button onClick={() => void loadPeople()}>{words.again}</Button>}
          />
        ) : shown.length > 0 ? (
          <ContactList list={shown} open={open} onOpen={look} onRemove={(one) => void acts.remove(one)} />
        ) : (
          state === 'ready' && <Nobody wanted={wanted} list={list} onNew={() => go('new', 'push')} />
        )}
      </section>
      <section
        aria-label={words.title}
        className={cx('min-h-0 min-w-0 grow overflow-y-auto bg-surface', !open && 'max-split:hidden')}
      >
        {open !== null && (
          <div className="flex items-center gap-1 px-4 pt-3 split:hidden">
            <IconButton
              label={words.backToList}
              icon={<ArrowLeft className="lucide rtl:-scale-x-100" />}
              className="-ms-2"
              onClick={() => go(null, 'replace')}
            />
            <h1 className="text-xl font-semibold tracking-[-0.018em]">{words.title}</h1>
          </div>
        )}
        <Detail open={open} acts={acts} onClose={() => go(null, 'replace')} circle={circle} />
      </section>
    </main>
  )
}

interface DetailProps {
  open: string | null
  acts: ReturnType<typeof useContactActs>
  onClose: () => void
  circle: Circle
}

function Detail({ open, acts, onClose, circle }: DetailProps) {
  const words = useLaterWords().contacts
  if (open === null)
    return (
      <EmptyState className="h-full" icon={<UsersRound />} title={words.pickTitle}>
        {words.pickAdvice}
      </EmptyState>
    )
  if (open !== 'new') return <ContactView key={open} id={open} acts={acts} />
  const groups = circle.kind === 'group' ? [circle.group] : []
  return <ContactForm contact={null} groups={groups} onSave={acts.add} onClose={onClose} />
}

function Bar({ onNew, group }: { onNew: () => void; group: string | null }) {
  const words = useLaterWords().contacts
  return (
    <div className="flex flex-none flex-wrap items-center gap-1 px-4 pt-4 pb-2 max-split:pt-3">
      <BackLink href="/mail/0/inbox" label={words.back} />
      <h1 className="min-w-0 grow truncate text-xl font-semibold tracking-[-0.018em]">{words.title}</h1>
      <Button size="s" icon={<Plus className="lucide" />} onClick={onNew}>
        {words.add}
      </Button>
      <MoreMenu group={group} />
    </div>
  )
}

function Search({ value, onChange }: { value: string; onChange: (text: string) => void }) {
  const words = useLaterWords().contacts
  return (
    <div className="flex-none px-4 py-1.5">
      <input
        type="search"
        aria-label={words.search}
        placeholder={words.search}
        value={value}
        maxLength={200}
        onChange={(event) => onChange(event.target.value)}
        onKeyDown={(event) => {
          if (event.key !== 'ArrowDown') return
          event.preventDefault()
          document.querySelector<HTMLElement>('main [role="listbox"]')?.focus()
        }}
        className={cx(inputClass, 'h-9 pointer-coarse:h-11 pointer-coarse:text-[16px]')}
      />
    </div>
  )
}

interface NobodyProps {
  wanted: string
  list: readonly Contact[]
  onNew: () => void
}

function Nobody({ wanted, list, onNew }: NobodyProps) {
  const words = useLaterWords().contacts
  if (list.length > 0 && wanted !== '')
    return <EmptyState title={words.noneTitle}>{words.noneAdvice(wanted.slice(0, 60))}</EmptyState>
  return (
    <EmptyState
      icon={<UsersRound />}
      title={words.emptyTitle}
      actions={
        <>
          <Button kind="primary" onClick={onNew}>
            {words.add}
          </Button>
          <ImportButton />
        </>
      }
    >
      {words.emptyAdvice}
    </EmptyState>
  )
}
