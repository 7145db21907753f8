package semantic

import (
	"strings"
	"testing"
	"testing/fstest"
)

// TestJoinWithTheRowsCounted carries a column of the rows that are counted over a
// table in between, which lacks it, and leads nowhere from rows that lack it too.
func TestJoinWithTheRowsCounted(t *testing.T) {
	m, err := Load(fstest.MapFS{"m.yaml": {Data: []byte(`
tables:
  users: {key: [user_id, snapshot_on], dimensions: {user_id: {type: int}, snapshot_on: {type: date}, level: }}
  listings: {key: listing_id, joins: {user: {to: users, on: user_id, with: {stat_on: snapshot_on}}}, dimensions: {listing_id: {type: int}, country: }}
  bookings: {key: id, joins: {listing: {to: listings, on: listing_id}}, dimensions: {id: {type: int}, stat_on: {type: date}}}
  reviews: {key: id, joins: {listing: {to: listings, on: listing_id}}, dimensions: {id: {type: int}}}
metrics:
  booked: {expr: count(bookings)}
  reviewed: {expr: count(reviews)}
  offered: {expr: count(listings)}
`)}})
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ line, want string }{
		{"booked by level", "scan 2 users of 1 on user_id=user_id with c0.stat_on=snapshot_on\n"},
		{`booked where level = "gold"`, "scan 2 users of 1 on user_id=user_id with c0.stat_on=snapshot_on\n"},
		{"booked by country", "scan 1 listings of 0 on listing_id=listing_id\n"},
		{"reviewed by level", "E_NO_PATH"},
		{"reviewed by reviews.listing.user.level", "E_NO_PATH"},
		{"offered by level", "E_NO_PATH"},
		{"booked, reviewed by level", "E3013"},
	} {
		if got := bindText(m, c.line, Viewer{}); !strings.Contains(got, c.want) {
			t.Errorf("%s: no %q in\n%s", c.line, c.want, got)
		}
	}
	if _, err := Load(fstest.MapFS{"m.yaml": {Data: []byte(`
tables:
  users: {key: [user_id, snapshot_on], dimensions: {user_id: , snapshot_on: , level: }}
  listings: {key: id, joins: {user: {to: users, on: user_id}}, dimensions: {id: }}
`)}}); err == nil || !strings.Contains(err.Error(), "E_PRIMARY_KEY_REQUIRED") {
		t.Errorf("without the column the join leads to many rows: %v", err)
	}
}
