package markdown

import (
	"bytes"
	"fmt"
	"html"
	"math/rand/v2"
	"os"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/extension"
	unsafe "github.com/yuin/goldmark/renderer/html"

	"esconform/reports/text"
)

// fragments are what Markdown, HTML and GitHub see more in than text.
var fragments = []string{"@name", "@", "#1", "#", "GH-1", "gh-", "owner/repo#2", "owner/repo@0123456789abcdef", "![x](http://e.example/i.png)", "[x](javascript:alert)", "[x]: http://e.example",
	"<img src=x onerror=alert(1)>", "<script>", "</td></tr></table>", "<!--", "-->", "<http://e.example>", "http://e.example/a?b=c&d", "https://e.example", "www.e.example", "WWW.e.example", "a@e.example",
	"mailto:a@e.example", "|", "\\|", "\\\\|", "\\", "`", "``", "```", "~~~", "~~x~~", "*", "**", "_x_", "__x__", "~", "^", "$x$", "$$", "`$x$`", ":smile:", ":+1:", "::error::x", "&amp;", "&#64;", "&lt;img&gt;",
	"\n", "\r\n", "\n\n", "\t", "# x", "- [ ] x", "1. x", "> x", "---", "===", "    code", "[^1]", "{{x}}", "\x00", "\x1b[2J", "\u202e", "\ufeff", "æ漢", "👩", " ", "  ", "x", "abc", ".", ":", "!", "[", "]", "(", ")", "<", ">", "&", "=", "+", "-", "|---|---|", "||"}

// nasty concatenates some fragments.
func nasty(rng *rand.Rand) string {
	var b strings.Builder
	for range 1 + rng.IntN(12) {
		b.WriteString(fragments[rng.IntN(len(fragments))])
	}
	return b.String()
}

// rendered is the HTML of a page, as GitHub's Markdown makes it, raw HTML included.
func rendered(t *testing.T, source string) string {
	t.Helper()
	var out bytes.Buffer
	if err := goldmark.New(goldmark.WithExtensions(extension.GFM, extension.Footnote), goldmark.WithRendererOptions(unsafe.WithUnsafe())).Convert([]byte(source), &out); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

// words are what GitHub looks for in the text of a page once it is HTML.
var words = regexp.MustCompile(`(?i)@[a-z0-9]|#[0-9]|GH-[0-9]|:[a-z0-9_+-]+:`)

// sizes: CI runs at least a fiftieth of the whole.
func rounds(t *testing.T) int {
	t.Helper()
	n, err := strconv.Atoi(os.Getenv("ESCONFORM_SOAK_MARKDOWN"))
	if err != nil {
		return 2_000
	}
	return n
}

func TestTextStaysTextWhereverItStands(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	places := map[string]struct {
		write       func(string) string
		before, end string
		want        func(string) string
	}{
		"cell":      {func(s string) string { return "| a | b | c |\n|---|---|---|\n| x | " + prose(s, 200) + " | z |\n" }, "<td>x</td>\n<td>", "</td>\n<td>z</td>", oneLine},
		"paragraph": {func(s string) string { return "**x:** " + prose(s, 200) + "\n" }, "<p><strong>x:</strong>", "</p>", oneLine},
		"item":      {func(s string) string { return "- x: " + prose(s, 200) + "\n" }, "<li>x:", "</li>", oneLine},
		"heading":   {func(s string) string { return "# x: " + prose(s, 200) + "\n" }, "<h1>x:", "</h1>", oneLine},
		"code":      {func(s string) string { return "- x: " + code(s, 200) + "\n" }, "<li>x: <code>", "</code></li>", oneLine},
		"block":     {func(s string) string { return block("diff", []string{"+ " + text.Shorten(s, 200), "end"}) }, `<pre><code class="language-diff">+ `, "\nend\n</code></pre>", func(s string) string { return text.Shorten(s, 200) }},
	}
	for name, place := range places {
		t.Run(name, func(t *testing.T) {
			for range rounds(t) {
				s := nasty(rng)
				if oneLine(s) == "" {
					continue
				}
				page := rendered(t, place.write(s))
				_, rest, begins := strings.Cut(page, place.before)
				inner, after, ends := strings.Cut(rest, place.end)
				if !begins || !ends {
					t.Fatalf("%q breaks out:\n%s", s, page)
				}
				checkInner(t, s, inner, name)
				plain := html.UnescapeString(strings.ReplaceAll(inner, breaker, ""))
				if got, want := strings.TrimSpace(plain), strings.TrimSpace(place.want(s)); got != want {
					t.Fatalf("%q is shown as %q, wanted %q\n%s", s, got, want, page)
				}
				if strings.Contains(after, "<p>") || strings.Contains(after, "<tr>\n<td>") {
					t.Fatalf("%q leaves something behind: %s", s, after)
				}
			}
		})
	}
}

// checkInner looks for markup, and for words that are more than text outside code.
func checkInner(t *testing.T, s, inner, where string) {
	t.Helper()
	if strings.Contains(strings.ReplaceAll(inner, breaker, ""), "<") {
		t.Fatalf("%q makes markup: %s", s, inner)
	}
	if where == "code" || where == "block" {
		return // GitHub looks for none there
	}
	if found := words.FindString(html.UnescapeString(inner)); found != "" {
		t.Fatalf("%q holds %q: %s", s, found, inner)
	}
}

func oneLine(s string) string { return text.OneLine(s, 200) }

func TestABlockIsNotClosedByWhatItHolds(t *testing.T) {
	for n := range 12 {
		run := strings.Repeat("`", n)
		if got := rendered(t, block("", []string{run, "x" + run})); got != fmt.Sprintf("<pre><code>%s\nx%s\n</code></pre>\n", run, run) {
			t.Errorf("%d backticks: %q", n, got)
		}
	}
}
