import { z } from 'zod/mini'
import { isKeyword, labelColours } from './label-name'

export const labelColour = z.enum(labelColours)
export type LabelColour = z.infer<typeof labelColour>

export const keyword = z.string().check(z.refine(isKeyword))
export const labelName = z.string().check(z.maxLength(1000))

export const label = z.object({
  keyword,
  name: z.string(),
  colour: labelColour,
  /** `usual`: one that many mail programs know, and that this person has not used yet. */
  origin: z.enum(['own', 'usual']),
})
export type Label = z.infer<typeof label>
