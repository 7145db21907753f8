package bot

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"time"

	"wenshu/answer/state"
	"wenshu/api"
	"wenshu/semantic"
)

// Who somebody of a chat is.
const (
	known    = "answered"
	unlinked = "unlinked"
	refused  = "refused"
)

// lives of links.
const (
	linkLife    = 15 * time.Minute          // of a link until somebody signs in
	accountLife = 10 * 365 * 24 * time.Hour // of a link with an account, which is looked up each time
	vouchedLife = 12 * time.Hour            // of a link with whom an issuer vouched for: their rights may change
)

// person is who is joined with somebody of a chat, as it is stored.
type person struct {
	Viewer  semantic.Viewer `json:"viewer"`
	Account bool            `json:"account"` // only the id counts: rights are those of the account now
}

// who finds the viewer that somebody of a chat is: by a link that they made, or
// by an e-mail that the vendor verified. Guests and people of other tenants are
// nobody.
func (h *Hub) who(ctx context.Context, r *room, p Person) (semantic.Viewer, string, error) {
	if p.Foreign || p.User == "" || !slices.Contains(r.Tenants, p.Tenant) {
		return semantic.Viewer{}, refused, nil
	}
	l, err := h.config.Store.Linked(ctx, r.Name, p.Tenant, p.User, h.config.Now())
	if err == nil {
		v, ok, err := h.linked(l)
		if ok || err != nil {
			return v, known, err
		}
	} else if !errors.Is(err, state.ErrNotFound) {
		return semantic.Viewer{}, "", err
	}
	d, ok := r.Channel.(Directory)
	if !ok {
		return h.byEmail(p)
	}
	more, err := h.look(ctx, r, d, p)
	if err != nil {
		return semantic.Viewer{}, "", fmt.Errorf("look up person: %w", err)
	}
	if more.Foreign || !slices.Contains(r.Tenants, more.Tenant) {
		return semantic.Viewer{}, refused, nil
	}
	return h.byEmail(more)
}

// knownFor is how long what a vendor says about a person is believed.
const knownFor = 5 * time.Minute

// seen is what a vendor said about a person.
type seen struct {
	person Person
	until  time.Time
}

// look asks the vendor who somebody is, at most once in a while: vendors limit
// that.
func (h *Hub) look(ctx context.Context, r *room, d Directory, p Person) (Person, error) {
	key, now := p.Tenant+"\x00"+p.User, h.config.Now()
	r.lock.Lock()
	last, ok := r.seen[key]
	r.lock.Unlock()
	if ok && now.Before(last.until) {
		return last.person, nil
	}
	more, err := d.Person(ctx, p)
	if err != nil {
		return p, err
	}
	r.lock.Lock()
	defer r.lock.Unlock()
	if len(r.seen) > 10_000 {
		clear(r.seen)
	}
	r.seen[key] = seen{more, now.Add(knownFor)}
	return more, nil
}

func (h *Hub) byEmail(p Person) (semantic.Viewer, string, error) {
	if p.Email != "" {
		if v, ok := h.config.Email(p.Email); ok {
			return v, known, nil
		}
	}
	return semantic.Viewer{}, unlinked, nil
}

// linked is the viewer of a link; false when the account is gone.
func (h *Hub) linked(l state.Linked) (semantic.Viewer, bool, error) {
	var p person
	if err := json.Unmarshal(l.Body, &p); err != nil {
		return semantic.Viewer{}, false, fmt.Errorf("read link: %w", err)
	}
	if !p.Account {
		return p.Viewer, true, nil
	}
	v, ok := h.config.Account(l.Viewer)
	return v, ok, nil
}

// signIn is a link that joins somebody of a chat with whoever signs in.
func (h *Hub) signIn(r *room, p Person, lang string) (string, error) {
	token, err := r.token(claim{Bot: r.Name, Tenant: p.Tenant, User: p.User, Name: brief(p.Name, 80), Lang: lang, Until: h.config.Now().Add(linkLife)})
	if err != nil {
		return "", err
	}
	return h.config.Setup.signIn() + "#" + token, nil
}

// Join joins the person of a signed link with a viewer who signed in.
func (h *Hub) Join(ctx context.Context, v semantic.Viewer, token string, sure bool) (api.Joined, error) {
	for _, r := range h.order {
		c, err := r.readToken(token, h.config.Now())
		if err != nil || c.Bot != r.Name {
			continue
		}
		who := api.Joined{Bot: r.Name, Vendor: r.Vendor, Tenant: c.Tenant, User: c.User, Name: c.Name, Viewer: v.ID}
		if !sure {
			return who, nil
		}
		who.Done = true
		return who, h.join(ctx, c, v)
	}
	return api.Joined{}, api.ErrLink
}

func (h *Hub) join(ctx context.Context, c claim, v semantic.Viewer) error {
	_, account := h.config.Account(v.ID)
	body, err := json.Marshal(person{Viewer: v, Account: account})
	if err != nil {
		return fmt.Errorf("store link: %w", err)
	}
	life := vouchedLife
	if account {
		life = accountLife
	}
	now := h.config.Now()
	return h.config.Store.Link(ctx, state.Linked{Bot: c.Bot, Tenant: c.Tenant, Person: c.User, Viewer: v.ID, Body: body, At: now, Until: now.Add(life)})
}
