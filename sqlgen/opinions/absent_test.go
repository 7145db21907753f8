//go:build !opinions

package opinions

import "testing"

// TestAbsent says what is left out, and how it is run.
func TestAbsent(t *testing.T) { t.Skip("built without the tag opinions: make opinions") }
