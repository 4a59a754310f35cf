import { api } from '@/lib/model/api'
import { changeLabel, createLabel } from '@/lib/server/actions/labels'
import { removeLabel } from '@/lib/server/actions/remove-label'
import { endpoint } from '@/lib/server/endpoint'

export const POST = endpoint(api.createLabel, (wanted, { who }) => createLabel(who, wanted))
export const PUT = endpoint(api.changeLabel, (wanted, { who }) => changeLabel(who, wanted))
export const DELETE = endpoint(api.removeLabel, (wanted, { who }) => removeLabel(who, wanted))
