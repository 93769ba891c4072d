package judge

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"esconform/reports"
	"esconform/runner/scenario"
	"esconform/runner/xmltree"
)

func TestAnExcerptShowsThePlace(t *testing.T) {
	long := "<a><b>1</b><c>" + strings.Repeat("x", excerptWidth) + "</c><d/></a>"
	lines := "<a>\n<b>1</b>\n<c>\n<d/></c>\n<e/>\n<f/>\n<g/>\n<h/>\n</a>"
	for name, test := range map[string]struct {
		document string
		node     string // local name; empty for a line
		line     int
		want     []reports.ExcerptLine
	}{
		"an element on its line": {lines, "b", 0, []reports.ExcerptLine{
			{Number: 1, Text: "<a>"}, {Number: 2, Text: "<b>1</b>", Marked: true}, {Number: 3, Text: "<c>"},
			{Number: 4, Text: "<d/></c>"}, {Number: 5, Text: "<e/>"}, {Number: 6, Text: "<f/>"}}},
		"a line without an element": {lines, "", 9, []reports.ExcerptLine{
			{Number: 5, Text: "<e/>"}, {Number: 6, Text: "<f/>"}, {Number: 7, Text: "<g/>"}, {Number: 8, Text: "<h/>"}, {Number: 9, Text: "</a>", Marked: true}}},
		"a line past the end": {"<a/>", "", 7, []reports.ExcerptLine{{Number: 1, Text: "<a/>", Marked: true}}},
		"an element on a long line": {long, "d", 0, []reports.ExcerptLine{
			{Number: 1, Text: "<a>"}, {Number: 1, Text: "<b>1</b>"}, {Number: 1, Text: "<c>" + strings.Repeat("x", excerptWidth) + "</c>"},
			{Number: 1, Text: "<d/></a>", Marked: true}}},
		"no place": {"<a/>", "", 0, nil},
	} {
		t.Run(name, func(t *testing.T) {
			doc, err := xmltree.Parse([]byte(test.document), "", xmltree.Limits{})
			if err != nil {
				t.Fatal(err)
			}
			var node *xmltree.Node
			for _, n := range doc.Nodes {
				if n.Name.Local == test.node {
					node = n
				}
			}
			if diff := cmp.Diff(test.want, excerpt(doc, node, test.line)); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
		})
	}
}

func TestAFindingBringsItsExcerptWithoutWhatWasMadeUp(t *testing.T) {
	answer := strings.Replace(answerOf(set(success), person), "anna@example.org", "ec0123456789abcdef-Child1", 1)
	in := input([]scenario.Expectation{{At: "pmess:person/common:email", Equals: str("x")}}, exchange(0, "readPerson", answer))
	in.Outcome.Keys = map[string]string{"Child1": "ec0123456789abcdef-Child1"}
	var marked []string
	for _, f := range Judge(t.Context(), in).Findings {
		for _, line := range f.Excerpt {
			if strings.Contains(line.Text, "0123456789abcdef") {
				t.Errorf("a key is shown: %s", line.Text)
			}
			if line.Marked {
				marked = append(marked, line.Text)
			}
		}
	}
	if !strings.Contains(strings.Join(marked, "\n"), "{key:Child1}</email>") {
		t.Errorf("no finding marks the element: %q", marked)
	}
}
