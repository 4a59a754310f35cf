import 'server-only'

// Who would learn that a message was read: services that senders have count openings, told by the host a picture
// lies on, or by the address such a picture has on a sender's own host.

const byHost: Readonly<Record<string, string>> = Object.fromEntries(
  `ActiveCampaign: activehosted.com, img-us3.com
  Adobe Campaign: adobe-campaign.com, campaign.adobe.com
  Amazon SES: awstrack.me
  Bananatag: bl-1.com
  Boomerang: mailstat.us
  Braze: appboy.com, braze.com
  Brevo: sendibt2.com, sendibt3.com, sendibm1.com, sendinblue.com, brevo.com
  Campaign Monitor: createsend.com, cmail19.com, cmail20.com, createsend1.com
  CleverReach: cleverreach.com
  Constant Contact: constantcontact.com, rs6.net
  Customer.io: customeriomail.com, customer.io
  Dotdigital: dotdigital.com, trackedlink.net
  DoubleClick: doubleclick.net, 2mdn.net
  Emarsys: emarsys.net, emarsys.com
  Facebook: facebook.com
  GetResponse: getresponse.com, gr8.com
  Google Analytics: google-analytics.com, googletagmanager.com
  HubSpot: hubspot.com, hubspotemail.net, hs-analytics.net, hubspotlinks.com, hsforms.net
  Intercom: intercom-mail.com, via.intercom.io
  Iterable: iterable.com
  Klaviyo: klaviyomail.com, klclick.com, trk.klclick.com, klaviyo.com
  LinkedIn: ads.linkedin.com, px.ads.linkedin.com
  Litmus: emltrk.com
  Mailchimp: list-manage.com, mailchimp.com, mandrillapp.com
  Mailerlite: mailerlite.com, mlsend.com
  Mailgun: mailgun.org, mailgun.net, mailgun.com
  Mailjet: mjt.lu, mailjet.com
  Mailtrack: mailtrack.io
  Marketo: mktoresp.com, marketo.com, mkto-sj010087.com
  Mixmax: mixmax.com
  Movable Ink: movable-ink.com, movableink.com
  Oracle Eloqua: en25.com, eloqua.com
  Outreach: outreach.io, api.getoutreach.com
  Pardot: pardot.com
  Postmark: pstmrk.it, postmarkapp.com
  Return Path: returnpath.net
  Rapidmail: emailsys1a.net, emailsys2a.net
  Salesforce: exct.net, exacttarget.com, exct.com, salesforce.com
  Salesloft: salesloft.com
  SendGrid: sendgrid.net, sendgrid.com
  Sendy: sendy.co
  Sharpspring: sharpspring.com
  SparkPost: sparkpostmail.com, e.sparkpost.com
  Streak: mailfoogae.appspot.com, streak.com
  Substack: eotrx.substackcdn.com, substack.com
  Superhuman: superhuman.com
  Twilio: twilio.com
  Twitter: analytics.twitter.com, t.co
  Yesware: yesware.com, app.yesware.com
  Zendesk: zendesk.com
  Zoho: zoho.com, zohocampaigns.com, maillist-manage.com`
    .split('\n')
    .flatMap((line) => {
      const [name = '', hosts = ''] = line.trim().split(': ')
      return hosts.split(', ').map((host) => [host, name])
    }),
)

/** On a host of the sender's own, which only points at the service. */
const byPath: readonly (readonly [RegExp, string])[] = [
  [/^\/wf\/open\?upn=/, 'SendGrid'],
  [/^\/track\/open\.php\?u=/, 'Mailchimp'],
  [/^\/e3t\/|^\/Cto\//, 'HubSpot'],
  [/^\/CI0\/|^\/I0\//, 'Amazon SES'],
  [/^\/e\/o\/[\w=-]{20}/, 'Customer.io'],
  [/^\/q\/[\w~-]{20,400}~~\//, 'SparkPost'],
  [/^\/trk\?t=|^\/o\/[\w-]{16,200}\.gif$/, 'Klaviyo'],
  [/^\/t\/[a-z]-[a-z]-[\w-]{5,60}\/o\.gif$/i, 'Campaign Monitor'],
  [/^\/mo\/[\w-]{10,80}\.gif$|^\/oo\/[\w-]{10,80}/, 'Mailjet'],
]

const trackerOf = (address: string): string | null => {
  if (!URL.canParse(address)) return null
  const { hostname, pathname, search } = new URL(address)
  const labels = hostname.split('.').slice(-6)
  for (let from = 0; from < labels.length - 1; from++) {
    const host = labels.slice(from).join('.')
    if (Object.hasOwn(byHost, host)) return byHost[host] ?? null
  }
  const path = `${pathname}${search}`.slice(0, 1000)
  return byPath.find(([pattern]) => pattern.test(path))?.[1] ?? null
}

/** Each once, by name. */
export const trackersAmong = (addresses: Iterable<string>): string[] =>
  [...new Set([...addresses].flatMap((address) => trackerOf(address) ?? []))].sort()
