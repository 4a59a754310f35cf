'use client'
import { compose } from '@/components/composer/desk'
import { Avatar } from '@/components/ui/avatar'
import { useWords } from '@/lib/i18n/react'
import type { ContactCard } from '@/lib/model/preview'

/** What a vCard says, line by line; nothing of it is followed but a click on an address. */
export function ContactCards({ contacts }: { contacts: readonly ContactCard[] }) {
  return (
    <ul className="mx-auto grid max-w-[640px] gap-3 px-4 py-8">
      {contacts.map((contact, index) => (
        <li key={index} className="rounded-l border border-line bg-raised p-5">
          <Card contact={contact} />
        </li>
      ))}
    </ul>
  )
}

function Card({ contact }: { contact: ContactCard }) {
  const { preview: words, noSender } = useWords().reader
  const name = contact.name || contact.emails[0] || noSender
  const work = [contact.title, contact.organisation].filter(Boolean).join(', ')
  return (
    <>
      <div className="flex items-center gap-3">
        <Avatar name={name} seed={contact.emails[0] ?? name} size="l" />
        <div className="min-w-0">
          <p className="font-semibold wrap-anywhere">
            <bdi>{name}</bdi>
          </p>
          {work && (
            <p className="text-sm wrap-anywhere text-ink-2">
              <bdi>{work}</bdi>
            </p>
          )}
        </div>
      </div>
      <dl className="mt-4 grid grid-cols-[max-content_minmax(0,1fr)] gap-x-4 gap-y-1.5 text-sm">
        {contact.emails.map((address) => (
          <Line key={address} name={words.email}>
            <button
              type="button"
              className="text-accent wrap-anywhere hover:underline"
              onClick={() => compose({ kind: 'new', to: [{ name: contact.name, address }] })}
            >
              {address}
            </button>
          </Line>
        ))}
        <Lines name={words.phone} values={contact.phones} />
        <Lines name={words.address} values={contact.addresses} />
        <Lines name={words.web} values={contact.links} />
        <Lines name={words.birthday} values={contact.birthday ? [contact.birthday] : []} />
        <Lines name={words.note} values={contact.note ? [contact.note] : []} />
      </dl>
    </>
  )
}

function Lines({ name, values }: { name: string; values: readonly string[] }) {
  return values.map((value) => (
    <Line key={value} name={name}>
      <bdi>{value}</bdi>
    </Line>
  ))
}

function Line({ name, children }: { name: string; children: React.ReactNode }) {
  return (
    <>
      <dt className="text-ink-3">{name}</dt>
      <dd className="min-w-0 wrap-anywhere">{children}</dd>
    </>
  )
}
