'use client'
import dynamic from 'next/dynamic'
import { useRef, useState } from 'react'
import type { Body } from '@/components/composer/letter'
import { SaveOrCancel } from '@/components/ui/save-or-cancel'
import { Form } from '@/components/ui/form'
import { Field } from '@/components/ui/input'
import { useLaterWords } from '@/lib/i18n/later'
import { isCompleteAddress } from '@/lib/model/address'
import type { Identity } from '@/lib/model/identity'

const RichField = dynamic(() => import('./rich-field'), { ssr: false })

interface IdentityFormProps {
  identity: Identity
  onSave: (identity: Identity) => Promise<void>
  onClose: () => void
}

const orNull = (text: string | null): string | null => text?.trim() || null

export function IdentityForm({ identity, onSave, onClose }: IdentityFormProps) {
  const { writing: words } = useLaterWords()
  const [draft, setDraft] = useState(identity)
  const [tried, setTried] = useState<'no' | 'yes'>('no')
  const read = useRef<(() => Body) | null>(null)
  const change = (to: Partial<Identity>) => setDraft((now) => ({ ...now, ...to }))
  const broken = (text: string | null) => text !== null && !isCompleteAddress(text)
  const problem = (text: string | null) => (tried === 'yes' && broken(text) ? words.notAnAddress : undefined)
  const save = () => {
    setTried('yes')
    const address = draft.address.trim()
    const [replyTo, bcc] = [orNull(draft.replyTo), orNull(draft.bcc)]
    if (broken(address) || broken(replyTo) || broken(bcc)) return
    const body = read.current?.()
    const signature = body
      ? body.text.trim() === '' && !body.html.includes('<img ')
        ? ''
        : body.html
      : draft.signature
    void onSave({ ...draft, name: draft.name.trim(), address, replyTo, bcc, signature })
  }
  return (
    <Form onSave={save}>
      <Field
        label={words.name}
        value={draft.name}
        maxLength={200}
        autoComplete="name"
        onChange={(event) => change({ name: event.target.value })}
      />
      <Field
        label={words.address}
        type="email"
        value={draft.address}
        maxLength={320}
        hint={words.addressHint}
        problem={problem(draft.address.trim())}
        onChange={(event) => change({ address: event.target.value })}
      />
      <Field
        label={words.replyTo}
        type="email"
        value={draft.replyTo ?? ''}
        maxLength={320}
        hint={words.replyToHint}
        problem={problem(orNull(draft.replyTo))}
        onChange={(event) => change({ replyTo: event.target.value })}
      />
      <Field
        label={words.bcc}
        type="email"
        value={draft.bcc ?? ''}
        maxLength={320}
        problem={problem(orNull(draft.bcc))}
        onChange={(event) => change({ bcc: event.target.value })}
      />
      <Field
        label={words.organisation}
        value={draft.organisation}
        maxLength={300}
        onChange={(event) => change({ organisation: event.target.value })}
      />
      <div className="grid gap-1.5">
        <span className="text-sm font-medium">{words.signature}</span>
        <RichField
          label={words.signature}
          html={identity.signature}
          onReader={(reader) => void (read.current = reader ?? read.current)}
        />
      </div>
      <SaveOrCancel save={words.save} cancel={words.cancel} onCancel={onClose} />
    </Form>
  )
}
