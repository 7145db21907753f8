package draft

import (
	"slices"
	"strings"
	"unicode/utf8"

	"wenshu/semantic"
)

// happening is what happens at a moment, in the forms that names of columns and
// questions take of it.
type happening struct {
	base, past string
	nouns      []string // payment, payout
	events     []string // what its rows are counted as, in the plural
	says       map[string]bool
	begins     bool // what the row tells of is new then
}

// happenings are read in this order: the first one that a name says counts.
var happenings = readHappenings(`
pay|paid|payment,payout||pmt
book|booked|booking|bookings
sign up|signed up|signup,sign-up|signups,sign-ups,sign ups,new signups|signup signed new
register|registered|registration|registrations|new
join|joined|joining|joiners,new joiners|new
hire|hired|hiring,hire|hires,new hires,new starters|new
enroll|enrolled|enrollment,enrolment|enrollments,enrolments|new enrol
onboard|onboarded|onboarding||new
activate|activated|activation|activations|new
leave|left|leaving|departures,leavers|leaver exit exited quit
terminate|terminated|termination|terminations,leavers|term
resign|resigned|resignation|resignations,leavers
cancel|cancelled|cancellation|cancellations|canceled
churn|churned|churn|churned
return|returned|return|returns|ret back
dispatch|dispatched|dispatch,dispatching|dispatches
ship|shipped|shipping,shipment|shipments
pick up|picked up|pickup,pick-up,picking up||picked
deliver|delivered|delivery|deliveries
depart|departed|departure|departures|atd
arrive|arrived|arrival|arrivals|ata
admit|admitted|admission|admissions
discharge|discharged|discharge|discharges
open|opened|opening|openings
close|closed|closing,closure|closures
resolve|resolved|resolution|resolutions
complete|completed|completion|completions
renew|renewed|renewal|renewals
graduate|graduated|graduation|graduations
release|released|release|releases
publish|published|publication|publications
approve|approved|approval|approvals
reject|rejected|rejection|rejections
request|requested|request|
submit|submitted|submission|submissions
issue|issued|issue,issuing|
place|placed|placing|
fill|filled|filling|
acquire|acquired|acquisition|acquisitions|acq
buy|bought|buying|
purchase|purchased|purchase|
sell|sold|sale|
settle|settled|settlement|settlements
refund|refunded|refund|
install|installed|installation|installations
inspect|inspected|inspection|inspections
order|ordered|order|
retire|retired|retirement|retirements
shoot|shot|shoot,shooting|shoots
void|voided|voiding|
collect|collected|collection,collecting|collections|coll
bank|banked|banking
perform|performed|
report|reported|report,reporting|
reply|replied|reply|replies
log|logged|
lend|lent|lending|
certify|certified|certification|certifications|cert
plant|planted|planting|plantings
harvest|harvested|harvest,harvesting|harvests
withdraw|withdrawn|withdrawal|withdrawals|withdrew
repudiate|repudiated|repudiation|repudiations
lapse|lapsed|lapse|lapses
decline|declined|decline|declines
brew|brewed|brewing
package|packaged|packaging||packed
bottle|bottled|bottling
decide|decided|decision
invite|invited|invitation
respond|responded|response
receive|received|
appoint|appointed|
found|founded|founding
launch|launched|launch
assign|assigned|assignment
review|reviewed|
test|tested|testing
sample|sampled|sampling
calibrate|calibrated|calibration
commission|commissioned|commissioning
decommission|decommissioned|decommissioning
build|built|
repair|repaired|
borrow|borrowed|
diagnose|diagnosed|diagnosis
prescribe|prescribed|
vaccinate|vaccinated|vaccination
file|filed|filing
hear|heard|
transfer|transferred|
adopt|adopted|adoption
donate|donated|donation
restore|restored|restoration
discover|discovered|discovery
capture|captured|
observe|observed|observation
roast|roasted|roasting
bake|baked|baking
manufacture|manufactured|
produce|produced|
print|printed|printing
award|awarded|
announce|announced|announcement
assess|assessed|assessment
audit|audited|
verify|verified|verification
accept|accepted|acceptance
confirm|confirmed|confirmation
schedule|scheduled|scheduling
clear|cleared|clearing,clearance
originate|originated|origination
escalate|escalated|escalation
elect|elected|
clean|cleaned|cleaning
service|serviced|
dispense|dispensed|
sow|sown|sowing||sowed
premiere|premiered|premiere
start|started|start||begin began new
end|ended|end||stop stopped
`)

func readHappenings(text string) []happening {
	var all []happening
	for line := range strings.Lines(strings.TrimSpace(text)) {
		f := append(strings.Split(strings.TrimSpace(line), "|"), "", "")
		h := happening{base: f[0], past: f[1], nouns: listed(f[2]), events: listed(f[3]), says: map[string]bool{f[0]: true, f[1]: true}}
		for _, w := range slices.Concat(h.nouns, strings.Fields(f[4])) {
			h.says[w] = true
		}
		if h.begins = h.says["new"]; h.begins {
			delete(h.says, "new")
		}
		all = append(all, h)
	}
	return all
}

// happening returns what happens at a moment by its name; nil where it says
// none, where it is only meant, or where another moment of the table says the same.
func (c *column) happening() *happening {
	if c.role != moment || !c.isInstant() || saysAny(c, meant) || saysAny(c, wordSet("last latest next first")) || hasHan(c.schema.Name) {
		return nil
	}
	h := c.saidHappening()
	if h == nil {
		return nil
	}
	for _, o := range c.table.columns {
		if o != c && o.role == moment && o.name != "" && o.saidHappening() == h && !saysAny(o, meant) {
			return nil
		}
	}
	return h
}

func (c *column) saidHappening() *happening {
	for i := range happenings {
		if saysAny(c, happenings[i].says) {
			return &happenings[i]
		}
	}
	return nil
}

// sayHappenings adds the ways in which people say the moments of a table: the payment
// date of paid_dt, and what was done in "paid in May".
func (t *table) sayHappenings() {
	for _, c := range t.columns {
		if c.isInstant() && saysAny(c, wordSet("expiry expiration expires expire")) {
			c.synonyms = append(c.synonyms, "expiring", "expires", "expire", "due to expire", "set to expire")
		}
		c.sayRunsOut()
		if c.isInstant() && saysAny(c, wordSet("expiration expires expire")) {
			c.synonyms = append(c.synonyms, "expiry date", "expiration date", "date of expiry")
		}
		if act := strings.TrimSuffix(c.label.ZH, "日期"); act != c.label.ZH && utf8.RuneCountInString(act) == 2 {
			c.synonyms = append(c.synonyms, act+"日")
		}
		h := c.happening()
		if h == nil {
			continue
		}
		said := []string{h.past, h.past + " date", "date " + h.past, h.past + " on"}
		if c == t.time && c.nulls > 0 && c.nulls < t.rows {
			said = said[1:] // a phrase says that it was done at all
		}
		for _, n := range h.nouns {
			said = append(said, n+" date", "date of "+n)
		}
		if h.past == "terminated" && t.hires() {
			said = append([]string{"left"}, said...)
		}
		if h.past == "ended" && t.cancels() {
			said = append([]string{"cancelled", "canceled", "churned", "cancellation date"}, said...)
		}
		c.synonyms = append(c.synonyms, said...)
	}
}

// runningOut close the names of moments until which something holds.
var runningOut = wordSet("end ends until till expiry expiration expires expire valid")

// sayRunsOut adds the ways to say when something runs out: the contract of contract_end,
// the warranty of warranty_until.
func (c *column) sayRunsOut() {
	var noun []string
	for _, w := range c.nameWords() {
		if w != "date" && !runningOut[w] {
			noun = append(noun, w)
		}
	}
	if c.role != moment || len(noun) == 0 || len(noun) > 2 || !saysAny(c, runningOut) || hasHan(noun[0]) || c.table.calledBy(noun) || !isTerm(noun) {
		return
	}
	n := strings.Join(noun, " ")
	c.synonyms = append(c.synonyms, n+" expires", n+" expiry", n+" expiry date", n+" run out", n+" runs out", n+" ends", n+" end", n+" end date", n+" expiring", n+" expire")
	if !c.table.describedBy(noun, c) {
		c.synonyms = append(c.synonyms, n)
	}
	if zh := chineseOf(noun); zh != "" {
		c.synonyms = append(c.synonyms, zh+"到期", zh+"到期日", zh+"到期日期", zh+"截止")
	}
}

// hires reports whether the rows of a table are people who work from a moment on.
func (t *table) hires() bool {
	return slices.ContainsFunc(t.columns, func(c *column) bool { return c.role == moment && saysAny(c, employing) })
}

// cancels reports whether a column of a table says why or how its rows were cancelled,
// and none says when.
func (t *table) cancels() bool {
	said, dated := false, false
	for _, c := range t.columns {
		if saysAny(c, wordSet("cancel cancelled canceled cancellation churn")) {
			said, dated = true, dated || c.role == moment
		}
	}
	return said && !dated && !t.holdsValue("cancelled") && !t.holdsValue("canceled")
}

// eventMetrics count the rows of a table by the moments at which something happened to
// them: signups, cancellations, new customers.
func (d *drafting) eventMetrics() []metric {
	var all []metric
	for _, t := range d.tables {
		if t.bridge {
			continue
		}
		for _, c := range t.columns {
			h := c.happening()
			if h == nil || c.name == "" || c.kind.Kind != semantic.Date && c.kind.Kind != semantic.Timestamp {
				continue
			}
			m := metric{name: t.name + "_" + strings.ReplaceAll(h.past, " ", "_") + "_count", expr: "count(" + spelled(t.name) + ")", home: t, time: t.spelt(c)}
			if c.nulls > 0 {
				m.where = t.spelt(c) + " is not null"
			}
			names := slices.Clone(h.events)
			switch {
			case h.past == "terminated" && t.hires():
				names = append(names, "departures")
			case h.past == "ended" && t.cancels():
				names = append(names, "cancellations", t.label.EN+" cancellations", "churned "+pluralPhrase(t.label.EN))
			}
			if t.label.EN != "" && c != t.time && len(h.nouns) > 0 {
				names = append(names, t.label.EN+" "+pluralPhrase(h.nouns[0]))
			}
			if h.begins {
				for _, n := range append([]string{t.label.EN}, t.synonyms...) {
					if n != "" && n != "person" && !hasHan(n) {
						names = append(names, "new "+pluralPhrase(n))
					}
				}
			}
			m.synonyms = names
			if h.past == "paid" && len(names) > 0 && t.isSold() {
				m.synonyms = append(m.synonyms, paidCountZH(t.label.ZH)...)
			}
			all = append(all, m)
		}
	}
	return calledOnce(all)
}

// calledOnce calls each count by the first of its names that no other of them has, and
// leaves out those without one.
func calledOnce(counts []metric) []metric {
	said := map[string]int{}
	for _, m := range counts {
		for _, n := range m.synonyms {
			said[n]++
		}
	}
	var kept []metric
	for _, m := range counts {
		m.synonyms = slices.DeleteFunc(m.synonyms, func(n string) bool { return said[n] > 1 })
		for _, n := range slices.Clone(m.synonyms) {
			if !hasHan(n) {
				m.synonyms = append(m.synonyms, "number of "+n)
			}
		}
		if len(m.synonyms) > 0 {
			m.label.EN, m.synonyms = m.synonyms[0], m.synonyms[1:]
			kept = append(kept, m)
		}
	}
	return kept
}
