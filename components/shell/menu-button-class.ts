import { cx } from '@/components/ui/cx'

const looks = {
  hover:
    'opacity-0 group-hover:opacity-100 focus-visible:opacity-100 aria-expanded:opacity-100 pointer-coarse:opacity-100',
  always: '',
}
export type MenuLook = keyof typeof looks

/** Seen where the pointer or the keyboard is, and always under a thumb. */
export const menuButtonClass = (how: MenuLook = 'hover'): string =>
  cx(
    looks[how],
    'absolute end-1 top-1 z-10 grid size-6 place-items-center rounded-xs bg-inherit text-ink-2 hover:bg-line hover:text-ink pointer-coarse:end-0 pointer-coarse:top-0 pointer-coarse:size-11',
  )
