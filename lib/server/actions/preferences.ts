export { changePreferences, readPreferences, writePreferences } from '../user/preferences'
