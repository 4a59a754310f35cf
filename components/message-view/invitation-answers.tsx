'use client'
import { Check } from 'lucide-react'
import { buttonClass } from '@/components/ui/button'
import { cx } from '@/components/ui/cx'
import type { MessageAt } from '@/lib/client/cache/state'
import { answerInvitation } from '@/lib/client/invitations'
import { useApp } from '@/lib/client/react'
import { useWords } from '@/lib/i18n/react'
import { shownName } from '@/lib/model/address'
import type { Invitation, InvitationAnswer } from '@/lib/model/cards'

const choices = [
  ['accepted', 'accept'],
  ['tentative', 'maybe'],
  ['declined', 'decline'],
] as const

/** One click answers; another changes the answer. The one that was given stays pressed. */
export function InvitationAnswers({ at, invitation }: { at: MessageAt; invitation: Invitation }) {
  const app = useApp()
  const words = useWords().reader.invitation
  const { mine, organiser } = invitation
  if (mine === null || !organiser) return null
  const give = (answer: InvitationAnswer) => {
    if (answer === mine) return
    const told = words.sentTo(words.sent[answer], shownName(organiser))
    void answerInvitation(app, at, { answer, before: mine, told })
  }
  return (
    <div
      role="group"
      aria-label={words.yourAnswer}
      className="flex grow flex-wrap gap-2 max-split:gap-1 print:hidden"
    >
      {choices.map(([answer, word]) => (
        <button
          key={answer}
          type="button"
          aria-pressed={mine === answer}
          title={organiser.address}
          onClick={() => give(answer)}
          className={cx(
            buttonClass(mine === 'none' && answer === 'accepted' ? 'primary' : 'plain', 's'),
            'max-split:grow max-split:px-2',
            mine === answer && 'border-accent! bg-accent-soft! text-accent!',
          )}
        >
          {mine === answer && <Check aria-hidden="true" className="lucide -ms-1" />}
          {words[word]}
        </button>
      ))}
    </div>
  )
}
