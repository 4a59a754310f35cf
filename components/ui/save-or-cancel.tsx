import { Button, type ButtonProps } from './button'

export interface SaveOrCancelProps {
  save: string
  cancel: string
  onCancel: () => void
  state?: ButtonProps['state']
}

/** The end of a form: it is sent, or left as it was. */
export function SaveOrCancel({ save, cancel, onCancel, state = 'idle' }: SaveOrCancelProps) {
  return (
    <div className="flex gap-2 pt-1">
      <Button kind="primary" type="submit" state={state}>
        {save}
      </Button>
      <Button onClick={onCancel}>{cancel}</Button>
    </div>
  )
}
