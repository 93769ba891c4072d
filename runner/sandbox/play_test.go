package sandbox

import "testing"

// A turn is one call in a test, with what it is to say.
type turn struct {
	operation string
	content   string
	want      []string
}

// A play is a sequence of calls to a server of its own.
type play struct {
	name  string
	turns []turn
}

// playAll plays each on a server of its own; prepare makes what is there before it.
func playAll(t *testing.T, plays []play, prepare ...func(*bench)) {
	t.Helper()
	for _, p := range plays {
		t.Run(p.name, func(t *testing.T) {
			b := newBench(t, Options{})
			for _, f := range prepare {
				f(b)
			}
			b.plays(b.site(SiteMain), p.turns)
		})
	}
}
