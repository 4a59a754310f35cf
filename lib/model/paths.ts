// Every endpoint's method and path, without its schemas: this is all of the API that the browser loads. The path is the
// URL below `{base}/api` and the place of the route file below `app/api`. `{name}` is filled from the input's field of
// that name; for GET and DELETE what remains of the input becomes the query, otherwise the JSON body.
export interface Path {
  method: 'GET' | 'POST' | 'PUT' | 'DELETE'
  path: string
}

const folderPath = '/accounts/{account}/mailboxes/{folder}'
const messagePath = `${folderPath}/messages/{message}` as const

export const paths = {
  signIn: { method: 'POST', path: '/session' },
  signOut: { method: 'DELETE', path: '/session' },
  listSessions: { method: 'GET', path: '/sessions' },
  endSession: { method: 'DELETE', path: '/sessions/{session}' },
  endOtherSessions: { method: 'DELETE', path: '/sessions' },
  changePassword: { method: 'PUT', path: '/password' },
  listMailboxes: { method: 'GET', path: '/accounts/{account}/mailboxes' },
  createFolder: { method: 'POST', path: '/accounts/{account}/mailboxes' },
  renameFolder: { method: 'PUT', path: folderPath },
  removeFolder: { method: 'DELETE', path: folderPath },
  folderProperties: { method: 'GET', path: folderPath },
  emptyFolder: { method: 'POST', path: `${folderPath}/empty` },
  readAll: { method: 'POST', path: `${folderPath}/read` },
  exportFolder: { method: 'POST', path: `${folderPath}/export-all` },
  subscribeFolder: { method: 'PUT', path: `${folderPath}/subscription` },
  quota: { method: 'GET', path: '/accounts/{account}/quota' },
  labelMessages: { method: 'POST', path: `${folderPath}/labels` },
  createLabel: { method: 'POST', path: '/accounts/{account}/labels' },
  changeLabel: { method: 'PUT', path: '/accounts/{account}/labels' },
  removeLabel: { method: 'DELETE', path: '/accounts/{account}/labels' },
  listMessages: { method: 'GET', path: `${folderPath}/messages` },
  searchMessages: { method: 'GET', path: '/accounts/{account}/search' },
  openMessage: { method: 'GET', path: messagePath },
  openConversation: { method: 'GET', path: `${messagePath}/conversation` },
  quoteMessage: { method: 'GET', path: `${messagePath}/quote` },
  previewPart: { method: 'GET', path: `${messagePath}/parts/{part}/preview` },
  unsubscribe: { method: 'POST', path: `${messagePath}/unsubscribe` },
  answerInvitation: { method: 'POST', path: `${messagePath}/invitation` },
  newerInvitation: { method: 'GET', path: `${messagePath}/invitation` },
  isFirstMail: { method: 'GET', path: `${messagePath}/first` },
  answerReceipt: { method: 'POST', path: `${messagePath}/receipt` },
  setFlags: { method: 'POST', path: `${folderPath}/flags` },
  moveMessages: { method: 'POST', path: `${folderPath}/move` },
  copyMessages: { method: 'POST', path: `${folderPath}/copy` },
  exportMessages: { method: 'POST', path: `${folderPath}/export` },
  startBulk: { method: 'POST', path: `${folderPath}/bulk` },
  cancelBulk: { method: 'DELETE', path: '/accounts/{account}/bulk/{job}' },
  deleteMessages: { method: 'POST', path: `${folderPath}/delete` },
  saveDraft: { method: 'PUT', path: '/accounts/{account}/drafts' },
  openDraft: { method: 'GET', path: `${messagePath}/draft` },
  sendMessage: { method: 'POST', path: '/accounts/{account}/outbox' },
  redirectMessage: { method: 'POST', path: `${messagePath}/redirect` },
  listJobs: { method: 'GET', path: '/accounts/{account}/outbox' },
  cancelJob: { method: 'DELETE', path: '/accounts/{account}/outbox/{job}' },
  fileJob: { method: 'POST', path: '/accounts/{account}/outbox/{job}/file' },
  retryJob: { method: 'POST', path: '/accounts/{account}/outbox/{job}/retry' },
  uploadFromMessage: { method: 'POST', path: '/uploads/from-message' },
  dropUpload: { method: 'DELETE', path: '/uploads/{upload}' },
  listContacts: { method: 'GET', path: '/contacts' },
  addContact: { method: 'POST', path: '/contacts' },
  readContact: { method: 'GET', path: '/contacts/{contact}' },
  changeContact: { method: 'PUT', path: '/contacts/{contact}' },
  removeContact: { method: 'DELETE', path: '/contacts/{contact}' },
  renameGroup: { method: 'POST', path: '/contacts/groups' },
  listIdentities: { method: 'GET', path: '/identities' },
  writeIdentities: { method: 'PUT', path: '/identities' },
  listSnippets: { method: 'GET', path: '/snippets' },
  writeSnippets: { method: 'PUT', path: '/snippets' },
  listSenders: { method: 'GET', path: '/senders' },
  ruleSender: { method: 'PUT', path: '/senders' },
  readPreferences: { method: 'GET', path: '/preferences' },
  writePreferences: { method: 'PUT', path: '/preferences' },
  changePreferences: { method: 'POST', path: '/preferences' },
} as const satisfies Record<string, Path>

// Doors that are not JSON in and JSON out, by URL:
//   GET  {messagePath}/frame?images=blocked|shown&theme=light|dark   the body as a document of its own; with
//                          &inside={part} that of a message inside the message, &as=text its plain form
//   GET  {messagePath}/parts/{part}                                  an attachment, as a download; with
//                          ?wish=look what a browser may show: pictures, sound, film, PDF
//   GET  {messagePath}/zip                                           all attachments
//   GET  {messagePath}/source                                        the raw message, text/plain
//   POST {folderPath}/import?name=…  (the file is the body)        a message: 201; an mbox or a zip: 202, a BulkJob
//   POST /contacts/import  (the file is the body)                    vCards -> Imported of lib/model/contact
//   GET  /contacts/export?group=                                     everybody, or one group, as vCards
//   GET  /exports/{ticket}                                           messages as a file
//   PUT  /uploads/{upload}?name=&size=&from=  (a piece is the body)  -> UploadState; without a body it only tells
//   GET  /uploads/{upload}                                           a file that was added, to be looked at
//   GET  /accounts/{account}/search/stream?q=&folder=&limit=         lines of JSON, a SearchPart each
//   GET  /events                                                     server-sent MailEvents
//   GET  /health, /ready
export const urls = {
  frame: (at: { account: number; folder: string; message: string }) => `${pathOf(at)}/frame`,
  part: (at: { account: number; folder: string; message: string }, part: string) =>
    `${pathOf(at)}/parts/${part}`,
  zip: (at: { account: number; folder: string; message: string }) => `${pathOf(at)}/zip`,
  source: (at: { account: number; folder: string; message: string }) => `${pathOf(at)}/source`,
  importInto: (at: { account: number; folder: string }) =>
    `/accounts/${at.account}/mailboxes/${at.folder}/import`,
  exported: (ticket: string) => `/exports/${ticket}`,
  upload: (id: string) => `/uploads/${id}`,
  search: ({ account }: { account: number }) => `/accounts/${account}/search/stream`,
  importContacts: '/contacts/import',
  exportContacts: '/contacts/export',
  events: '/events',
}

const pathOf = (at: { account: number; folder: string; message: string }): string =>
  `/accounts/${at.account}/mailboxes/${at.folder}/messages/${at.message}`
