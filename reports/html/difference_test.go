package html

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"esconform/reports"
)

// shown writes rows as "wanted|came", "=" in front of context, "∅" for nothing.
func shown(rows []row) []string {
	var lines []string
	side := func(s *string) string {
		if s == nil {
			return "∅"
		}
		return *s
	}
	for _, r := range rows {
		sign := ""
		if r.same {
			sign = "="
		}
		lines = append(lines, sign+side(r.wanted)+"|"+side(r.got))
	}
	return lines
}

func TestLinesStandSideBySide(t *testing.T) {
	d := func(parts ...string) reports.Finding {
		var f reports.Finding
		for _, p := range parts {
			f.Diff = append(f.Diff, reports.Diff{Op: p[:1], Text: p[1:]})
		}
		return f
	}
	for name, tt := range map[string]struct {
		finding reports.Finding
		want    []string
	}{
		"nothing":                   {reports.Finding{}, nil},
		"two values":                {reports.Finding{Wanted: "a", Got: "b"}, []string{"a|b"}},
		"a value that is missing":   {reports.Finding{Wanted: "a"}, []string{"a|∅"}},
		"a value too many":          {reports.Finding{Got: "b"}, []string{"∅|b"}},
		"a changed line in context": {d(" x", "-a", "+b", " y"), []string{"=x|x", "a|b", "=y|y"}},
		"more wanted than came":     {d("-a", "-b", "+c"), []string{"a|c", "b|∅"}},
		"more came than wanted":     {d("-a", "+b", "+c"), []string{"a|b", "∅|c"}},
		"two changes in a row":      {d("-a", "+b", "-c", "+d"), []string{"a|b", "c|d"}},
		"lines in one text":         {d("-a\nb\n", "+c"), []string{"a|c", "b|∅"}},
		"an unknown operator":       {d("?x"), []string{"=x|x"}},
		"the difference wins":       {reports.Finding{Wanted: "w", Got: "g", Diff: []reports.Diff{{Op: "-", Text: "a"}}}, []string{"a|∅"}},
	} {
		if diff := cmp.Diff(tt.want, shown(sideBySide(tt.finding))); diff != "" {
			t.Errorf("%s: - wanted + got\n%s", name, diff)
		}
	}
}

// marked puts brackets around what differs.
func marked(pieces []piece) string {
	var out strings.Builder
	for _, p := range pieces {
		if p.differs {
			out.WriteString("[" + p.text + "]")
		} else {
			out.WriteString(p.text)
		}
	}
	return out.String()
}

func TestWordsThatDifferAreMarked(t *testing.T) {
	for _, tt := range []struct{ a, b, wantA, wantB string }{
		{"same", "same", "same", "same"},
		{"", "new", "", "[new]"},
		{"identifier 'Child3' does not", "identifier 'Child2' does not", "identifier '[Child3]' does not", "identifier '[Child2]' does not"},
		{"<a>1</a>", "<b>1</b>", "<[a]>1</[a]>", "<[b]>1</[b]>"},
		{"one two three", "one three", "one [two ]three", "one three"},
		{"blåbær", "blåbær 漢字", "blåbær", "blåbær[ 漢字]"},
	} {
		a, b := compare(tt.a, tt.b)
		if marked(a) != tt.wantA || marked(b) != tt.wantB {
			t.Errorf("%q and %q: got %q and %q, want %q and %q", tt.a, tt.b, marked(a), marked(b), tt.wantA, tt.wantB)
		}
	}
}

func TestComparingLosesNothing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.OneOf(rapid.String(), rapid.StringOf(rapid.SampledFrom([]rune("ab <>"))))
		a, b := text.Draw(t, "a"), text.Draw(t, "b")
		fromA, fromB := compare(a, b)
		whole := func(pieces []piece) (all, common string) {
			for _, p := range pieces {
				all += p.text
				if !p.differs {
					common += p.text
				}
			}
			return all, common
		}
		allA, sameA := whole(fromA)
		allB, sameB := whole(fromB)
		if allA != a || allB != b || sameA != sameB {
			t.Fatalf("%q and %q became %q and %q, in common %q and %q", a, b, allA, allB, sameA, sameB)
		}
	})
}
