package answer

import (
	"context"
	"errors"

	"wenshu/semantic"
)

// MaxOffers is how many query lines Bindable looks at.
const MaxOffers = 100

// ErrTooManyOffers says that more than MaxOffers lines were given.
var ErrTooManyOffers = errors.New("too many query lines")

// Bindable says which of the query lines could be answered for the viewer, so
// that what could not is never offered. Nothing is asked of a warehouse.
func (s *Service) Bindable(ctx context.Context, v semantic.Viewer, lines []string) ([]bool, error) {
	if len(lines) > MaxOffers {
		return nil, ErrTooManyOffers
	}
	a := s.asking(Request{Viewer: v, Lang: englishWords.lang}, nil)
	may := make([]bool, len(lines))
	for i, line := range lines {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		if len([]rune(line)) > MaxQuestion {
			continue
		}
		q, err := semantic.ParseQuery(line)
		may[i] = err == nil && a.answerable(q)
	}
	return may, nil
}

// answerable reports whether a query binds for the viewer and every source that
// it reads can compute its part.
func (a *asking) answerable(q *semantic.Query) bool { return a.compiles(q) == nil }
