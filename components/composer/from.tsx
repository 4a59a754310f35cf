'use client'
import { identities, identitiesOf } from '@/lib/client/identities'
import { useApp } from '@/lib/client/react'
import { useSignal } from '@/lib/client/signal'
import { useWords } from '@/lib/i18n/react'
import { formatAddress } from '@/lib/model/address'
import type { Letter } from './letter'
import { rowClass } from './row'
import { writeAs } from './start'

/** Who writes; a choice when there are several. */
export function From({ letter }: { letter: Letter }) {
  const { composer: words } = useWords()
  const app = useApp()
  const from = useSignal(letter.state, (state) => state.from)
  useSignal(identities, (known) => known)
  const list = identitiesOf(app)
  const chosen = list.find((one) => formatAddress(one) === formatAddress(from))
  if (list.length < 2 && chosen && !from.name) return null
  const choose = (id: string) => {
    const next = list.find((one) => one.id === id)
    if (!next) return
    writeAs(letter, next, chosen)
    letter.touched()
  }
  return (
    <label className={rowClass}>
      <span className="w-[58px] shrink-0 text-ink-3">{words.from}</span>
      {list.length < 2 && chosen ? (
        <span className="min-w-0 truncate">
          <bdi>{from.name}</bdi> <span className="text-ink-3">{from.address}</span>
        </span>
      ) : (
        <select
          value={chosen?.id ?? ''}
          onChange={(event) => choose(event.target.value)}
          className="-ms-1 h-[30px] min-w-0 grow truncate bg-raised text-ink pointer-coarse:h-11 pointer-coarse:text-[16px]"
        >
          {!chosen && <option value="">{formatAddress(from)}</option>}
          {list.map((one) => (
            <option key={one.id} value={one.id}>
              {formatAddress(one)}
            </option>
          ))}
        </select>
      )}
    </label>
  )
}
