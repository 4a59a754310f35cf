import { Skeleton } from '@/components/ui/skeleton'

/** The outline of a message. Drawn late: what comes within 150 ms never flickers. */
export function MessageLoading() {
  return (
    <div
      aria-hidden="true"
      className="w-full max-w-[880px] animate-late px-[30px] pt-[22px] max-sm:px-3.5 max-sm:pt-4"
    >
      <Skeleton className="mb-5 h-6 w-3/5" />
      <div className="rounded-l border border-line bg-raised p-4">
        <div className="flex items-center gap-[11px]">
          <Skeleton className="size-9 rounded-full" />
          <div className="grid grow gap-2">
            <Skeleton className="h-3.5 w-1/3" />
            <Skeleton className="h-3 w-1/4" />
          </div>
        </div>
        <div className="grid gap-3 ps-[47px] pt-7 pb-3 max-sm:ps-0">
          {['w-11/12', 'w-full', 'w-4/5', 'w-2/3'].map((width) => (
            <Skeleton key={width} className={`h-3.5 ${width}`} />
          ))}
        </div>
      </div>
    </div>
  )
}
