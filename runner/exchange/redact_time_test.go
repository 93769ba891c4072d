package exchange

import (
	"bytes"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// TestRedactionTakesTimeInProportion redacts answers that an endpoint could make to
// keep a run busy. Each took minutes, or gigabytes, when all was looked for again at
// each place; now each takes a second or so.
func TestRedactionTakesTimeInProportion(t *testing.T) {
	const size = 5_000_000
	cookies := newRecent()
	for n := minSecret; n < 200; n++ {
		cookies.add(strings.Repeat("a", n))
	}
	s := secrets{}.with("sup3rsecret!", "abc")
	for name, answer := range map[string][]byte{
		"comments without end":             bytes.Repeat([]byte("<!--"), size/4),
		"instructions without end":         bytes.Repeat([]byte("<?"), size/2),
		"passwords without end":            bytes.Repeat([]byte("Password>"), size/9),
		"names of passwords without a tag": bytes.Repeat([]byte("Password"), size/8),
		"passwords that end together":      append(bytes.Repeat([]byte("Password>"), size/9), "<"...),
		"passwords and white space":        append(append(bytes.Repeat([]byte("Password>"), size/18), bytes.Repeat([]byte(" "), size/2)...), "<"...),
		"a secret at each place":           bytes.Repeat([]byte("a"), size),
		"references":                       bytes.Repeat([]byte("&amp;"), size/5),
	} {
		t.Run(name, func(t *testing.T) {
			began := time.Now()
			cookies.redact(s.redact(answer))
			if took := time.Since(began); took > 20*time.Second {
				t.Errorf("it took %s", took)
			}
		})
	}
}

func TestWhatHasNoEndHidesNoSecret(t *testing.T) {
	s := secrets{}.with("sup3rsecret!", "abc")
	for message, want := range map[string]string{
		"<!-- a sup3r<!-- x -->secret!":                               "<!-- a sup3r<!-- x -->secret!", // one comment
		"<!-- x -->sup3r<!-- y -->secret!<!-- z sup3r&#115;ecret!":    "<!-- x -->[redacted]<!-- y --><!-- z [redacted]",
		"<? a <!-- x -->sup3r<!---->secret! <? b":                     "<? a <!-- x -->[redacted]<!----> <? b",
		"<Password> abc </Password><Password>abc</Password>":          "<Password>[redacted]</Password><Password>[redacted]</Password>",
		"Password <Password>abc":                                      "Password <Password>abc",
		"<Password/>abc<Password a='b'>abc<x><Password>abc":           "<Password/>abc<Password a='b'>[redacted]<x><Password>abc",
		"<Password>abcd</Password><Password></Password>Password>abc<": "<Password>abcd</Password><Password></Password>Password>[redacted]<",
	} {
		if diff := cmp.Diff(want, string(s.redact([]byte(message)))); diff != "" {
			t.Errorf("%s: (- wanted + got)\n%s", message, diff)
		}
	}
}
