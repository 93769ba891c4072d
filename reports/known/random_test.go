package known_test

import (
	"fmt"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"esconform/reports"
	"esconform/reports/known"
)

// written is a list as people write them, entry by entry.
type written struct {
	head, foot string
	entries    []string // each with the comments above it and with its line ends
	ids        []string
	apart      string // between entries
}

func (w written) text() string { return w.head + strings.Join(w.entries, w.apart) + w.foot }

func drawList(t *rapid.T) written {
	w := written{head: rapid.SampledFrom([]string{"", "# the head\n\n", "---\n", "# the head\n\n---\n\n"}).Draw(t, "head"),
		foot:  rapid.SampledFrom([]string{"", "\n\n", "\n# the end\n", "\n\n# the end\n\n# really\n"}).Draw(t, "foot"),
		apart: rapid.SampledFrom([]string{"", "\n", "\n\n"}).Draw(t, "apart")}
	depth := strings.Repeat(" ", rapid.IntRange(0, 4).Draw(t, "depth"))
	for i := range rapid.IntRange(0, 6).Draw(t, "entries") {
		id := fmt.Sprintf("c/%d", i)
		w.ids = append(w.ids, id)
		w.entries = append(w.entries, drawEntry(t, id, depth, i > 0 || w.head != ""))
	}
	return w
}

// drawEntry writes an entry in one of the ways in which people do.
func drawEntry(t *rapid.T, id, depth string, comment bool) string {
	above := ""
	if comment && rapid.Bool().Draw(t, "comment above") {
		above = depth + "# about " + id + "\n"
	}
	reason := rapid.SampledFrom([]string{"x", `"a # b: c"`, "'it''s'", "|\n" + depth + "    # no comment\n\n" + depth + "    - id: x", ">-\n" + depth + "    long\n" + depth + "    text"}).Draw(t, "reason")
	switch rapid.SampledFrom([]string{"block", "flow", "lone hyphen"}).Draw(t, "form") {
	case "flow":
		return above + depth + "- {id: " + id + ", requirement: [REL-06], owner: 'o', reason: r, expires: 2030-01-01} # " + id + "\n"
	case "lone hyphen":
		return above + depth + "- # " + id + "\n" + depth + "  # inside\n" + depth + "  id: " + id + "\n" + depth + "  requirement: REL-06\n" + depth + "  owner: o\n" + depth + "  reason: " + reason + "\n" + depth + "  expires: 2030-01-01\n"
	}
	return above + depth + "- id: " + id + " # inline\n" + depth + "  requirement: REL-06\n" + depth + "  reason: " + reason + "\n" + depth + "  owner: o\n" + depth + "  expires: 2030-01-01\n" + depth + "  # below\n"
}

// drawReport decides how the cases of a list ended, and adds some that fail.
func drawReport(t *rapid.T, ids []string) (r reports.Report, kept []bool) {
	for i, id := range ids {
		kept = append(kept, true)
		end := rapid.SampledFrom([]reports.Verdict{reports.Passed, reports.UnexpectedPass, reports.Failed, reports.KnownFailure, reports.Error, reports.Skipped, ""}).Draw(t, "end of "+id)
		if end == "" {
			continue
		}
		result := result(end)
		if end == reports.Failed || end == reports.KnownFailure {
			result = resultOf(end)
		}
		result.ID = id
		r.Scenarios = append(r.Scenarios, result)
		kept[i] = end != reports.Passed && end != reports.UnexpectedPass
	}
	for i := range rapid.IntRange(0, 3).Draw(t, "new failures") {
		added := resultOf(reports.Failed)
		added.ID = "new/" + strconv.Itoa(i)
		r.Scenarios = append(r.Scenarios, added)
	}
	return reports.Summarise(r), kept
}

func resultOf(v reports.Verdict) reports.Result { return result(v, "REL-06") }

func TestAnUpdateOfAnyListKeepsTheRestAndIsDoneOnce(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w := drawList(t)
		r, kept := drawReport(t, w.ids)
		text, end := w.text(), "\n"
		if rapid.Bool().Draw(t, "Windows") {
			end = "\r\n"
			text = strings.ReplaceAll(text, "\n", end)
		}
		if rapid.Bool().Draw(t, "cut") {
			text = strings.TrimRight(text, "\r\n")
		}
		template := known.Entry{Owner: drawText(t, "owner"), Reason: drawText(t, "reason of what is new"), Expires: "2031-01-01"}
		before, err := known.Load("known.yaml", []byte(text), partial(r))
		if err != nil {
			t.Fatalf("%v\n%s", err, text)
		}
		changes := known.Changes(before, r, today)
		edited, err := known.Edit([]byte(text), before, changes, template)
		if err != nil {
			t.Fatalf("%v\n%s", err, text)
		}
		after, err := known.Load("known.yaml", edited, partial(r))
		if err != nil {
			t.Fatalf("%v\n%s", err, edited)
		}
		if again := known.Changes(after, r, today); len(again) > 0 {
			t.Fatalf("it asks for more: %v\n%s", again, edited)
		}
		var want []string
		for i, id := range w.ids {
			if kept[i] {
				want = append(want, id)
				if chunk := strings.TrimRight(strings.ReplaceAll(w.entries[i], "\n", end), "\r\n"); !strings.Contains(string(edited), chunk) {
					t.Fatalf("%s is not as it was:\n%s\nin:\n%s", id, chunk, edited)
				}
			} else if strings.Contains(string(edited), "about "+id) {
				t.Fatalf("the comment on %s is left in:\n%s", id, edited)
			}
		}
		for _, c := range changes {
			if c.Kind == known.Add {
				want = append(want, c.Case)
			}
		}
		var got []string
		for _, e := range after.Entries {
			got = append(got, e.ID)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Fatalf("- wanted + got\n%s\n%s", diff, edited)
		}
		for _, part := range []string{strings.TrimSpace(w.head), strings.TrimSpace(w.foot)} {
			if !strings.Contains(string(edited), strings.ReplaceAll(part, "\n", end)) {
				t.Fatalf("%q is lost in:\n%s", part, edited)
			}
		}
	})
}

// drawText is a text that people may give as a flag.
func drawText(t *rapid.T, label string) string {
	text := rapid.OneOf(rapid.StringMatching(`[ -~æ漢]{1,30}`), rapid.SampledFrom([]string{"null", "~", "true", "- x", "a: b", "x #y", "'", `"\`, "two\nlines", "{", "@x", "%y", "0x1f", "1e3", "*a", "&a", "!t", "a\tb", "\u2028"})).Draw(t, label)
	if text = strings.TrimSpace(text); text == "" {
		return "x"
	}
	return text
}
