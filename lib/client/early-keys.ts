// From its first paint until React has taken it over, a page hears no key: who asks for the search field then, and types,
// would type commands as soon as it hears. The field itself keeps what is typed into it (components/shell/use-suggestions.ts).

const field = (): HTMLInputElement | null =>
  document.querySelector<HTMLInputElement>('input[type=search][aria-keyshortcuts]')

const asksFor = (event: KeyboardEvent, { ariaKeyShortcuts }: HTMLInputElement): boolean => {
  if ((event.ctrlKey || event.metaKey) && !event.altKey) return event.key.toLowerCase() === 'k'
  const typing = event.target instanceof Element && event.target.closest('input, textarea, select')
  return event.key === '/' && !event.altKey && !typing && ariaKeyShortcuts?.split(' ').includes('/') === true
}

const heard = (event: KeyboardEvent): void => {
  const search = field()
  if (event.isComposing || !search || !asksFor(event, search)) return
  search.focus()
  // On a phone it is not shown yet.
  if (document.activeElement !== search) return
  search.select()
  event.preventDefault()
}

/** `data-keys` tells which keys of the page are heard: those of the search field, or all. */
export const hearEarlyKeys = (): void => {
  document.documentElement.dataset.keys = 'search'
  window.addEventListener('keydown', heard, true)
}

export const allKeysAreHeard = (): void => {
  window.removeEventListener('keydown', heard, true)
  document.documentElement.dataset.keys = 'all'
}
