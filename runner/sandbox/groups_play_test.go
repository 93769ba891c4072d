package sandbox

import "testing"

func TestGroups(t *testing.T) {
	for _, tc := range []struct {
		name  string
		turns []turn
	}{
		{"created and read", []turn{
			{"createGroup", class("g1", rootKey).xml(), []string{ok}},
			{"readGroup", key("g1"), []string{ok, "group Unspecified/-1 Parent=anchor-root-group descShort=Title of g1"}},
		}},
	} {
		t.Run(tc.name, func(t *testing.T) {
			b := newBench(t, Options{})
			b.plays(b.site(SiteMain), tc.turns)
		})
	}
}
