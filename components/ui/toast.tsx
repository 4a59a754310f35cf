'use client'
import { Toaster, toast as sonner } from 'sonner'

export interface ToastInput {
  text: string
  tone?: 'plain' | 'bad'
  action?: { label: string; run: () => void }
  seconds?: number
  /** A toast with the id of one that is shown takes its place. */
  id?: string
}

/** Shows a toast, bottom centre; returns its id. */
export const showToast = ({ text, tone = 'plain', action, seconds = 6, id }: ToastInput): string | number =>
  sonner.custom((shown) => <Toast text={text} tone={tone} action={action} id={shown} />, {
    duration: seconds * 1000,
    ...(id ? { id } : {}),
  })

interface ToastProps {
  id: string | number
  text: string
  tone: 'plain' | 'bad'
  action: ToastInput['action']
}

function Toast({ id, text, tone, action }: ToastProps) {
  return (
    <div
      role={tone === 'bad' ? 'alert' : 'status'}
      className="pointer-events-auto mx-auto flex w-fit max-w-full items-center gap-2 rounded-m bg-toast py-1.5 ps-3.5 pe-2 text-sm text-toast-ink shadow-float"
    >
      {tone === 'bad' && <span aria-hidden="true" className="size-2 shrink-0 rounded-full bg-bad" />}
      <span className="line-clamp-3 min-w-0 py-0.5 wrap-anywhere">{text}</span>
      {action ? (
        <button
          type="button"
          className="ms-1 shrink-0 rounded-s px-2 py-1 font-semibold text-toast-action hover:underline pointer-coarse:min-h-11 pointer-coarse:px-3"
          onClick={() => {
            sonner.dismiss(id)
            action.run()
          }}
        >
          {action.label}
        </button>
      ) : (
        <span className="w-1" />
      )}
    </div>
  )
}

/** The place toasts come up in: one per page. `label` names the region. */
export function Toasts({ label }: { label: string }) {
  return (
    <Toaster
      position="bottom-center"
      containerAriaLabel={label}
      visibleToasts={3}
      gap={8}
      offset={{ bottom: 20 }}
      mobileOffset={{ bottom: 16, left: 12, right: 12 }}
      toastOptions={{ unstyled: true, className: 'flex w-(--width) max-w-full justify-center' }}
    />
  )
}
