'use client'
import { ArrowLeft, Bookmark, CircleStop, FolderSearch, Search as Lens, SearchX, Tag } from 'lucide-react'
import { useCallback, useEffect, useMemo } from 'react'
import type { ReactNode } from 'react'
import { Button } from '@/components/ui/button'
import { cx } from '@/components/ui/cx'
import { IconButton } from '@/components/ui/icon-button'
import { LabelDot } from '@/components/ui/label-chip'
import { EmptyState } from '@/components/ui/states'
import { folderName } from '@/lib/client/actions'
import { cursorAt } from '@/lib/client/app'
import { foundOf, hitAt, searchKey } from '@/lib/client/cache/found'
import type { Found } from '@/lib/client/cache/found'
import { page } from '@/lib/client/cache/mail'
import { labelSought } from '@/lib/client/labels'
import type { Place, Search } from '@/lib/client/place'
import { askSaved, savedSought } from '@/lib/client/searches'
import { useApp, useMail, usePreferences } from '@/lib/client/react'
import { useWords } from '@/lib/i18n/react'
import type { MessageId } from '@/lib/model/message-id'
import { termsIn } from '@/lib/model/search'
import { bar } from './list-header'
import { MessageGrid } from './message-grid'
import { SearchMistake } from './search-mistake'
import { Failed, PartlyFailed, Shortfall, Waiting } from './states'

interface ResultsProps {
  search: Search
  /** The hit that is open. */
  place: Place | null
}

const useAgain = (search: Search) => {
  const app = useApp()
  return () => void app.mail.findAgain({ account: app.person.account, ...search })
}

function ResultGrid({ search, place, found }: ResultsProps & { found: Found }) {
  const app = useApp()
  const words = useWords()
  const mailboxes = useMail((state) => state.mailboxes)
  const { text, scope } = search
  const { account } = app.person
  const terms = useMemo(() => termsIn(text), [text])
  const placeOf = useCallback(
    (key: MessageId) => ({ account, ...hitAt(key), search: { text, scope } }),
    [account, text, scope],
  )
  const ensure = useCallback(
    (from: number, to: number) => app.mail.ensureHits({ account, text, scope }, from, to),
    [app, account, text, scope],
  )
  const folderOf = useCallback(
    (key: MessageId) => {
      const mailbox = mailboxes.find(({ id }) => id === hitAt(key).folder)
      return mailbox ? folderName(words, mailbox) : ''
    },
    [mailboxes, words],
  )
  const open = place && cursorAt(place)
  const line = { name: searchKey(search), listing: found.listing, open, placeOf, ensure, folderOf, terms }
  return <MessageGrid line={{ ...line, ticks: 'none' }} />
}

/** Nothing was found: what was looked for, and where else it may be. */
function NoHits({ search, stopped }: { search: Search; stopped: boolean }) {
  const app = useApp()
  const words = useWords()
  const again = useAgain(search)
  const label = useMail((state) => labelSought(state.labels, search))
  if (stopped)
    return (
      <EmptyState
        icon={<SearchX />}
        title={words.list.stoppedEmpty}
        actions={<Button onClick={again}>{words.list.searchAgain}</Button>}
      />
    )
  if (label)
    return (
      <EmptyState icon={<Tag />} title={words.labels.noneYet}>
        {words.labels.noneYetAdvice}
      </EmptyState>
    )
  return (
    <EmptyState
      icon={<SearchX />}
      title={words.list.noHits(search.text)}
      actions={
        search.scope !== 'everywhere' && (
          <Button onClick={() => app.find({ ...search, scope: 'everywhere' })}>{words.list.alsoTrash}</Button>
        )
      }
    >
      {search.scope === 'everywhere' ? words.list.noHitsAnywhere : words.list.noHitsAdvice}
    </EmptyState>
  )
}

/** What did not answer, and what was not looked into, is told under the hits. */
function Notes({ search, found }: { search: Search; found: Found }) {
  const words = useWords()
  const again = useAgain(search)
  const { missed, depth, listing, course } = found
  if (listing.problem) return <PartlyFailed problem={listing.problem} retry={again} />
  if (course.state === 'stopped') return <Shortfall text={words.list.stopped} retry={again} />
  if (missed.length > 0) return <Shortfall text={words.list.missed(missed.length)} retry={again} />
  if (depth === 'all') return null
  return <p className="shrink-0 border-t bg-sunken px-4 py-1.5 text-sm text-ink-2">{words.list.onlyNewest}</p>
}

function Hits({ search, place, found }: ResultsProps & { found: Found | undefined }) {
  const again = useAgain(search)
  if (found?.wrong) return <SearchMistake text={search.text} problem={found.wrong} className="px-4 py-3" />
  if (found?.listing.problem && found.listing.order.length === 0)
    return <Failed problem={found.listing.problem} retry={again} />
  const nothingYet = found?.listing.order.length === 0 && found.course.state !== 'stopped'
  if (!found || (nothingYet && (found.listing.freshness === 'stale' || found.course.state === 'going')))
    return <Waiting />
  return (
    <>
      {found.listing.order.length === 0 ? (
        <NoHits search={search} stopped={found.course.state === 'stopped'} />
      ) : (
        <ResultGrid key={searchKey(search)} search={search} place={place} found={found} />
      )}
      <Notes search={search} found={found} />
    </>
  )
}

/** While folders are still looked into. */
function Stop({ search }: { search: Search }) {
  const app = useApp()
  const words = useWords()
  return (
    <IconButton
      label={words.list.stopSearch}
      icon={<CircleStop />}
      onClick={() => app.mail.stopFinding({ account: app.person.account, ...search }, 'stay')}
    />
  )
}

function Save({ search }: { search: Search }) {
  const app = useApp()
  const words = useWords()
  const saved = savedSought(usePreferences().savedSearches, search)
  if (search.text === '') return null
  return (
    <IconButton
      label={saved ? words.shell.editSaved(saved.name) : words.list.saveSearch}
      icon={<Bookmark className={saved ? 'fill-accent text-accent' : ''} />}
      onClick={() => askSaved(app, saved?.id ?? null)}
    />
  )
}

function ResultHeader({ search, found }: { search: Search; found: Found | undefined }) {
  const app = useApp()
  const words = useWords()
  const label = useMail((state) => labelSought(state.labels, search))
  const course = found?.course
  const settled = found && found.listing.freshness === 'fresh' && !found.wrong && course?.state !== 'going'
  const count = found?.listing.order.length ?? 0
  const leave = () => app.go({ account: app.person.account, folder: 'inbox', message: null })
  return (
    <div className={bar}>
      <IconButton
        label={words.list.leaveSearch}
        keys="Escape"
        icon={<ArrowLeft className="rtl:-scale-x-100" />}
        onClick={leave}
        className="-ms-2 max-split:ms-0"
      />
      <h1
        className={cx(
          'flex items-center gap-2 text-md font-semibold tracking-[-0.01em] max-split:text-lg',
          // A label may have any length; what this list is called is always read whole.
          label ? 'min-w-0' : 'shrink-0',
        )}
      >
        {label && <LabelDot colour={label.colour} />}
        <span dir="auto" className="truncate">
          {label?.name ?? words.list.results}
        </span>
      </h1>
      <span role="status" className="ms-1.5 min-w-0 truncate text-[12.5px] text-ink-3 tabular-nums">
        {settled && words.list.hits(count)}
        {course?.state === 'going' && words.list.hitsIn(count, course.answered, course.of)}
      </span>
      <div className="ms-auto flex items-center">
        {!settled && !found?.wrong && !found?.listing.problem && <Stop search={search} />}
        {settled && !label && <Save search={search} />}
        {search.scope === 'mail' && settled && found.listing.order.length > 0 && (
          <IconButton
            label={words.list.alsoTrashShort}
            icon={<FolderSearch />}
            onClick={() => app.find({ ...search, scope: 'everywhere' })}
          />
        )}
        <IconButton
          label={words.shell.search}
          icon={<Lens />}
          onClick={() => app.ui.set((ui) => ({ ...ui, overlay: 'palette' }))}
          className="split:hidden [&_.lucide]:size-5"
        />
      </div>
    </div>
  )
}

/** What was found, over all folders that were looked into. */
export function ResultList({ search, place, account }: ResultsProps & { account: ReactNode }) {
  const app = useApp()
  const { text, scope } = search
  const number = app.person.account
  const found = useMail((state) => foundOf(state, search))
  const stale = found?.listing.freshness === 'stale' && !found.listing.problem
  useEffect(() => {
    void app.mail.ensureHits({ account: number, text, scope }, 0, page)
  }, [app, number, text, scope, stale])
  // Nobody looks at it any more: the server need not look either.
  useEffect(
    () => () => app.mail.stopFinding({ account: number, text, scope }, 'leave'),
    [app, number, text, scope],
  )
  return (
    <>
      <div className="flex items-center max-split:border-b">
        <div className="min-w-0 grow">
          <ResultHeader search={search} found={found} />
        </div>
        <div className="shrink-0 pe-1.5 split:hidden">{account}</div>
      </div>
      <Hits search={search} place={place} found={found} />
    </>
  )
}
