/** A line of the composer's head. */
export const rowClass =
  'flex min-h-[42px] flex-none items-center gap-2 border-b border-line px-[18px] py-[5px]'
