package html

import (
	"html"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"esconform/reports/text"
)

// written is what a page holds after a value was written.
func written(format markup, values ...string) string {
	p := &page{}
	p.write(format, values...)
	return p.out.String()
}

func TestEscapingIsThatOfTheStandardLibraryOverVisibleText(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := rapid.OneOf(rapid.String(), rapid.StringOf(rapid.SampledFrom([]rune("<>&\"'#a\t\n\r\x00\x1b \u202e\u2028æ漢"))),
			rapid.Map(rapid.SliceOf(rapid.Byte()), func(b []byte) string { return string(b) })).Draw(t, "text")
		if got, want := written("{}", s), html.EscapeString(text.Visible(s)); got != want {
			t.Fatalf("got %q, want %q", got, want)
		}
	})
}

func TestALineIsThatOfTheTerminal(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := rapid.OneOf(rapid.String(), rapid.StringOf(rapid.SampledFrom([]rune("ab  \t\n##æ")))).Draw(t, "text")
		most := rapid.IntRange(64, 200).Draw(t, "most")
		if got, want := line(s, most), text.OneLine(s, most); got != want && strings.TrimSpace(s) == s {
			t.Fatalf("got %q, want %q", got, want)
		}
		if got, want := block(s, most), text.Shorten(s, most); got != want {
			t.Fatalf("block: got %q, want %q", got, want)
		}
	})
}

func TestValuesGoIntoTheHoles(t *testing.T) {
	for _, tt := range []struct {
		format markup
		values []string
		want   string
	}{
		{"<p>plain</p>", nil, "<p>plain</p>"},
		{`<a href="{}">{}</a>`, []string{`"><script>`, "a & b"}, `<a href="&#34;&gt;&lt;script&gt;">a &amp; b</a>`},
		{"{}{}", []string{"{}", "x"}, "{}x"},
		{"{}", []string{"\x1b[2J\u202e"}, `\u{1B}[2J\u{202E}`},
		{"{}", []string{"##[error]"}, `#\u{23}[error]`},
	} {
		if got := written(tt.format, tt.values...); got != tt.want {
			t.Errorf("got %q, want %q", got, tt.want)
		}
	}
}
