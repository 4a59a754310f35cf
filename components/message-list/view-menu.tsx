'use client'
import { ArrowDownWideNarrow, Ellipsis, Funnel, SlidersHorizontal, X } from 'lucide-react'
import { Icon } from '@/components/ui/icon'
import { IconButton } from '@/components/ui/icon-button'
import {
  Menu,
  MenuChoice,
  MenuHeading,
  MenuItem,
  MenuLine,
  MenuOption,
  MenuPanel,
  MenuTrigger,
} from '@/components/ui/menu'
import { tellProblem } from '@/lib/client/actions'
import { runCommand } from '@/lib/client/commands/registry'
import type { Place } from '@/lib/client/place'
import { useApp, usePreferences } from '@/lib/client/react'
import { useWords } from '@/lib/i18n/react'
import { filters, sorts, usualView } from '@/lib/model/view'
import type { ListView } from '@/lib/model/view'

const directions = ['usual', 'reverse'] as const

/** How this folder is looked at, and how to look at it in another way. */
export const useView = (place: Pick<Place, 'account' | 'folder'>) => {
  const app = useApp()
  const { list } = useWords()
  const { views } = usePreferences()
  const { account, folder } = place
  const look = (change: Partial<ListView>) =>
    void app
      .look({ account, folder }, change)
      .catch((problem: unknown) => tellProblem(app, list.viewChanged, problem))
  return { view: views[folder] ?? usualView, look }
}

type Viewing = ReturnType<typeof useView>

function FilterChoice({ view, look }: Viewing) {
  const { list } = useWords()
  return (
    <MenuChoice
      aria-label={list.filter}
      value={view.filter}
      onValueChange={(filter) => look({ filter: filter as ListView['filter'] })}
    >
      {filters.map((filter) => (
        <MenuOption key={filter} value={filter}>
          {list.filters[filter]}
        </MenuOption>
      ))}
    </MenuChoice>
  )
}

function SortChoice({ view, look, people }: Viewing & { people: 'sender' | 'recipient' }) {
  const { list } = useWords()
  const nameOf = (sort: ListView['sort']) =>
    sort === 'sender' && people === 'recipient' ? list.recipient : list.sorts[sort]
  return (
    <>
      <MenuChoice
        aria-label={list.sort}
        value={view.sort}
        onValueChange={(sort) => look({ sort: sort as ListView['sort'], direction: 'usual' })}
      >
        {sorts.map((sort) => (
          <MenuOption key={sort} value={sort}>
            {nameOf(sort)}
          </MenuOption>
        ))}
      </MenuChoice>
      <MenuLine />
      <MenuChoice
        aria-label={list.direction}
        value={view.direction}
        onValueChange={(direction) => look({ direction: direction as ListView['direction'] })}
      >
        {directions.map((direction) => (
          <MenuOption key={direction} value={direction}>
            {list.directions[view.sort][direction]}
          </MenuOption>
        ))}
      </MenuChoice>
    </>
  )
}

const changed = 'bg-accent-soft [&_.lucide]:text-accent'

const groupings = ['messages', 'conversations'] as const

function GroupingChoice({ view, look }: Viewing) {
  const { list } = useWords()
  return (
    <MenuChoice
      aria-label={list.grouping}
      value={view.grouping}
      onValueChange={(grouping) => look({ grouping: grouping as ListView['grouping'] })}
    >
      {groupings.map((grouping) => (
        <MenuOption key={grouping} value={grouping}>
          {list.groupings[grouping]}
        </MenuOption>
      ))}
    </MenuChoice>
  )
}

/** Two menus where there is room, one on a phone. */
export function ViewMenus({ place }: { place: Place }) {
  const { list } = useWords()
  const viewing = useView(place)
  const { filter, sort, direction } = viewing.view
  const people = ['sent', 'drafts'].includes(place.folder) ? 'recipient' : 'sender'
  const sorted = sort !== 'date' || direction !== 'usual'
  return (
    <>
      <Menu>
        <MenuTrigger asChild>
          <IconButton
            label={list.filter}
            icon={<Funnel />}
            className={`max-split:hidden ${filter === 'all' ? '' : changed}`}
          />
        </MenuTrigger>
        <MenuPanel align="end">
          <FilterChoice {...viewing} />
        </MenuPanel>
      </Menu>
      <Menu>
        <MenuTrigger asChild>
          <IconButton
            label={list.sort}
            icon={<ArrowDownWideNarrow />}
            className={`max-split:hidden ${sorted ? changed : ''}`}
          />
        </MenuTrigger>
        <MenuPanel align="end">
          <SortChoice {...viewing} people={people} />
          <MenuLine />
          <GroupingChoice {...viewing} />
        </MenuPanel>
      </Menu>
      <Menu>
        <MenuTrigger asChild>
          <IconButton
            label={list.sortAndFilter}
            icon={<SlidersHorizontal />}
            className={`split:hidden [&_.lucide]:size-5 ${filter === 'all' && !sorted ? '' : changed}`}
          />
        </MenuTrigger>
        <MenuPanel align="end">
          <MenuHeading>{list.filter}</MenuHeading>
          <FilterChoice {...viewing} />
          <MenuHeading>{list.sort}</MenuHeading>
          <SortChoice {...viewing} people={people} />
          <MenuLine />
          <GroupingChoice {...viewing} />
          <MenuLine />
          <ImportItem />
        </MenuPanel>
      </Menu>
    </>
  )
}

function ImportItem() {
  const app = useApp()
  const { list } = useWords()
  return (
    <MenuItem icon={<Icon name="import" />} onSelect={() => void runCommand('import', app)}>
      {list.import}
    </MenuItem>
  )
}

/** What is wanted now and then of the folder itself. */
export function FolderMenu() {
  const { list } = useWords()
  return (
    <Menu>
      <MenuTrigger asChild>
        <IconButton label={list.folderMenu} icon={<Ellipsis />} className="max-split:hidden" />
      </MenuTrigger>
      <MenuPanel align="end">
        <ImportItem />
      </MenuPanel>
    </Menu>
  )
}

/** What is left out is said, and one press away. */
export function FilterNote({ place }: { place: Place }) {
  const { list } = useWords()
  const { view, look } = useView(place)
  if (view.filter === 'all') return null
  return (
    <button
      type="button"
      aria-label={`${list.filters[view.filter]}: ${list.showAll}`}
      data-tip={list.showAll}
      onClick={() => look({ filter: 'all' })}
      className="ms-2 flex h-6 min-w-0 items-center gap-1 rounded-full bg-accent-soft ps-2.5 pe-1.5 text-xs font-medium text-accent pointer-coarse:h-9 [&_.lucide]:size-3"
    >
      <span className="truncate">{list.filters[view.filter]}</span>
      <X className="shrink-0" />
    </button>
  )
}
