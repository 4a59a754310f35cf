import { Button } from './button'

export interface SaveOrCancelProps {
  save: string
  cancel: string
  onCancel: () => void
}

/** The end of a form: it is sent, or left as it was. */
export function SaveOrCancel({ save, cancel, onCancel }: SaveOrCancelProps) {
  return (
    <div className="flex gap-2 pt-1">
      <Button kind="primary" type="submit">
        {save}
      </Button>
      <Button onClick={onCancel}>{cancel}</Button>
    </div>
  )
}
