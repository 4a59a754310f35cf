'use client'
import { PenLine, Pencil, Trash2, UserRoundPlus } from 'lucide-react'
import { useEffect, useState } from 'react'
import { compose } from '@/components/composer/desk'
import { Avatar } from '@/components/ui/avatar'
import { Button } from '@/components/ui/button'
import { IconButton } from '@/components/ui/icon-button'
import { ErrorState } from '@/components/ui/states'
import { ownLocale } from '@/lib/client/clock'
import { call, codeOf } from '@/lib/client/api'
import { people } from '@/lib/client/contacts'
import { useSignal } from '@/lib/client/signal'
import { useLaterWords } from '@/lib/i18n/later'
import { useWords } from '@/lib/i18n/react'
import type { FullContact, NewContact } from '@/lib/model/contact'
import type { ErrorCode } from '@/lib/model/errors'
import type { useContactActs } from './acts'
import { ContactForm } from './contact-form'
import { shownPerson } from './sort'

interface ContactViewProps {
  id: string
  acts: ReturnType<typeof useContactActs>
}

type Read = { contact: FullContact | null; problem: ErrorCode | null }

/** All that is known of somebody, and the way to change it. */
export function ContactView({ id, acts }: ContactViewProps) {
  const { errors } = useWords()
  const [read, setRead] = useState<Read>({ contact: null, problem: null })
  const [mode, setMode] = useState<'look' | 'edit'>('look')
  // What the list knows of them: when that is another, so may be the rest.
  const row = useSignal(people, ({ list }) => JSON.stringify(list.find((one) => one.id === id)))
  useEffect(() => {
    let current = true
    call('readContact', { contact: id })
      .then((contact) => current && setRead({ contact, problem: null }))
      .catch(
        (problem: unknown) =>
          // Who is shown already stays: somebody may be changing them.
          current && setRead((now) => (now.contact ? now : { contact: null, problem: codeOf(problem) })),
      )
    return () => {
      current = false
    }
  }, [id, row])
  const { contact, problem } = read
  if (problem)
    return (
      <ErrorState className="h-full" title={errors[problem].title}>
        {errors[problem].advice}
      </ErrorState>
    )
  if (!contact) return null
  const save = async (to: NewContact) => {
    const changed = await acts.change(id, to)
    if (!changed) return
    setRead({ contact: changed, problem: null })
    setMode('look')
  }
  if (mode === 'edit') return <ContactForm contact={contact} onSave={save} onClose={() => setMode('look')} />
  return <Sheet contact={contact} onEdit={() => setMode('edit')} onRemove={() => void acts.remove(contact)} />
}

interface SheetProps {
  contact: FullContact
  onEdit: () => void
  onRemove: () => void
}

function Sheet({ contact, onEdit, onRemove }: SheetProps) {
  const words = useLaterWords().contacts
  const { details } = contact
  const name = shownPerson(contact) || words.nameless
  const work = [details.title, details.organisation].filter(Boolean).join(', ')
  return (
    <article className="mx-auto max-w-[640px] px-6 py-6 max-split:px-4 max-split:py-3">
      <header className="flex flex-wrap items-center gap-x-4 gap-y-3 border-b pb-5">
        <Avatar name={name} seed={contact.addresses[0] ?? name} size="l" />
        <div className="min-w-0 grow basis-48">
          <h2 className="text-lg font-semibold tracking-[-0.012em] wrap-anywhere">
            <bdi>{name}</bdi>
          </h2>
          {work && (
            <p className="text-sm wrap-anywhere text-ink-2">
              <bdi>{work}</bdi>
            </p>
          )}
        </div>
        <Tools contact={contact} onEdit={onEdit} onRemove={onRemove} />
      </header>
      {contact.source === 'collected' && <p className="pt-4 text-sm text-ink-2">{words.collected}</p>}
      <Facts contact={contact} />
    </article>
  )
}

function Tools({ contact, onEdit, onRemove }: SheetProps) {
  const words = useLaterWords().contacts
  const { name, addresses, source } = contact
  const [address] = addresses
  return (
    <div className="flex items-center gap-1.5">
      {address && (
        <Button
          kind="primary"
          icon={<PenLine className="lucide" />}
          onClick={() => void compose({ kind: 'new', to: [{ name, address }] })}
        >
          {words.write}
        </Button>
      )}
      {source === 'added' ? (
        <Button icon={<Pencil className="lucide" />} onClick={onEdit}>
          {words.edit}
        </Button>
      ) : (
        <Button icon={<UserRoundPlus className="lucide" />} onClick={onEdit}>
          {words.addThis}
        </Button>
      )}
      <IconButton label={words.remove} icon={<Trash2 className="lucide" />} onClick={onRemove} />
    </div>
  )
}

function Facts({ contact }: { contact: FullContact }) {
  const words = useLaterWords().contacts
  const { name, addresses, groups, details, uses, usedAt } = contact
  const day = usedAt ? new Date(usedAt).toLocaleDateString(ownLocale(), { dateStyle: 'long' }) : ''
  return (
    <dl className="grid grid-cols-[112px_minmax(0,1fr)] gap-x-4 gap-y-3 pt-5 max-split:grid-cols-1 max-split:gap-y-1">
      <Fact name={words.addresses} values={addresses}>
        {(address) => (
          <button
            type="button"
            className="text-start text-accent wrap-anywhere hover:underline pointer-coarse:min-h-11"
            onClick={() => void compose({ kind: 'new', to: [{ name, address }] })}
          >
            {address}
          </button>
        )}
      </Fact>
      <Fact name={words.phones} values={details.phones}>
        {(phone) => (
          <a className="text-accent hover:underline" href={`tel:${encodeURIComponent(phone)}`}>
            {phone}
          </a>
        )}
      </Fact>
      <Fact name={words.groups} values={groups} />
      <Fact name={words.birthday} values={details.birthday ? [details.birthday] : []} />
      <Fact name={words.note} values={details.note ? [details.note] : []} />
      {uses > 0 && day && <p className="col-span-full pt-2 text-sm text-ink-3">{words.used(uses, day)}</p>}
    </dl>
  )
}

interface FactProps {
  name: string
  values: readonly string[]
  children?: (value: string) => React.ReactNode
}

function Fact({ name, values, children }: FactProps) {
  if (values.length === 0) return null
  return (
    <>
      <dt className="text-ink-3">{name}</dt>
      <dd className="grid justify-items-start gap-1 wrap-anywhere whitespace-pre-line max-split:mb-2">
        {values.map((value) => (
          <bdi key={value}>{children ? children(value) : value}</bdi>
        ))}
      </dd>
    </>
  )
}
