package judge

import (
	"slices"
	"testing"
	"testing/fstest"
	"unicode"
	"unicode/utf8"

	"esconform/reports"
)

// FuzzJudge checks, for any answer, that judging does not panic, that findings cite
// one requirement, are bounded and hold nothing that a terminal would interpret,
// and that judging twice gives the same.
func FuzzJudge(f *testing.F) {
	for _, u := range universalCases() {
		if u.answer != "" {
			f.Add([]byte(u.answer), 200, "text/xml; charset=utf-8")
		}
	}
	f.Add([]byte(answerOf(success, person)), 200, "text/xml; charset=utf-8")
	f.Add([]byte(answerOf(set(success, warning), membersBody)), 200, "text/xml")
	f.Add([]byte(fault), 500, "text/xml")
	f.Add([]byte(utf16LE(answerOf(success, created))), 200, "text/xml; charset=utf-16")
	right := lawful()["readPerson"]
	f.Fuzz(func(t *testing.T, data []byte, status int, contentType string) {
		e := exchange(0, "readPerson", "")
		e.Response, e.Status = data, status
		e.ResponseHeader.Set("Content-Type", contentType)
		in := input(slices.Clone(right.expect), e)
		in.Files = fstest.MapFS{responseFile: {Data: []byte(documented)}}
		got := judged(t, in)
		for _, finding := range got.Findings {
			checkFinding(t, finding)
		}
		if again := judged(t, in); len(again.Findings) != len(got.Findings) || again.Verdict != got.Verdict {
			t.Fatalf("judged again: %s with %d findings after %s with %d", again.Verdict, len(again.Findings), got.Verdict, len(got.Findings))
		}
	})
}

func checkFinding(t *testing.T, f reports.Finding) {
	texts := []string{f.Message, f.Path, f.Wanted, f.Got}
	for _, d := range f.Diff {
		texts = append(texts, d.Text)
	}
	if (f.Requirement == "") != (f.Weight == reports.Trouble) {
		t.Fatalf("finding %+v", f)
	}
	for _, text := range texts {
		if utf8.RuneCountInString(text) > 10*maxMessage || !utf8.ValidString(text) {
			t.Fatalf("unbounded or broken text %q", text)
		}
		for _, r := range text {
			if !unicode.IsPrint(r) {
				t.Fatalf("text %q holds %U", text, r)
			}
		}
	}
}
