package junit_test

import (
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"esconform/reports"
	"esconform/reports/junit"
)

// texts calls each with every text and attribute of an element and all below it.
func texts(n *node, each func(where, text string)) {
	each(n.name, n.text)
	for name, value := range n.attr {
		each(n.name+"/@"+name, value)
	}
	for _, c := range n.children {
		texts(c, each)
	}
}

// Whatever a report says, a consumer attaches nothing but evidence, and sets nothing.
func TestOnlyEvidenceIsAttached(t *testing.T) {
	attachments := make(map[junit.Dialect]int)
	for title, report := range subjects() {
		for _, d := range junit.Dialects() {
			for _, f := range parse(render(t, report, d)) {
				texts(f.root, func(where, text string) {
					if strings.Contains(text, "[[PROPERTY") {
						t.Errorf("%s, %s: a property in %s: %.200q", title, d, where, text)
					}
					for _, found := range attached.FindAllStringSubmatch(text, -1) {
						attachments[d]++
						if path := found[1]; !strings.HasPrefix(path, "evidence/") || !filepath.IsLocal(path) || filepath.Clean(path) != path || where != "system-out" {
							t.Errorf("%s, %s: %s attaches %.200q", title, d, where, path)
						}
					}
				})
			}
		}
	}
	if attachments[junit.Strict]+attachments[junit.Surefire] > 0 || attachments[junit.Extended] < 100 {
		t.Errorf("attachments by dialect: %v", attachments)
	}
}

func TestTheResponseThatFailedIsAttachedFirst(t *testing.T) {
	const folder = "evidence/imses/person/relationships/unknown-child/"
	cases(parse(render(t, everyVerdict(), junit.Extended)), func(c *node) {
		var got []string
		for _, found := range attached.FindAllStringSubmatch(c.first0("system-out").text, -1) {
			got = append(got, found[1])
		}
		var want []string
		switch c.attr["name"] {
		case "failed":
			want = []string{folder + "1-createPerson.response.xml", folder + "1-createPerson.request.xml"}
			if shown := gitlabAttachment(c); shown != want[0] {
				t.Errorf("GitLab shows %q", shown)
			}
		case "warned", "known":
			want = []string{folder + "1-createPerson.response.xml"}
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s: - wanted + got\n%s", full(c), diff)
		}
	})
}

// first0 is first, or an empty element.
func (n *node) first0(name string) *node {
	if c := n.first(name); c != nil {
		return c
	}
	return &node{}
}

// A report that was forged names files that the program would not have written.
func TestForgedEvidencePathsAreNotAttached(t *testing.T) {
	for _, path := range []string{"/etc/passwd", "../secret", "evidence/../../secret", "evidence/./x", "evidence//x", "evidence", "evidence/", "evidence/x]]",
		"evidence/x\n[[ATTACHMENT|/etc/passwd", "evidence/.ssh/id", `evidence\x`, "evidence/a b", "evidence/" + strings.Repeat("x", 600), "https://example.org/evidence/x", ""} {
		r := reports.Result{ID: "a/b/c", Scenario: "a/b/c", Area: "a/b", Verdict: reports.Failed, Steps: []reports.Step{{Number: 1, Request: path, Response: path}},
			Findings: []reports.Finding{{Requirement: "X-01", Weight: reports.Failure, Response: path}}}
		out := one(t, reports.Summarise(reports.Report{Scenarios: []reports.Result{r}}), junit.Extended)
		if strings.Contains(string(out), "[[ATTACHMENT") {
			t.Errorf("%q is attached:\n%s", path, out)
		}
	}
}

func TestExtendedCasesHaveTheirFacts(t *testing.T) {
	got := make(map[string]map[string]string)
	cases(parse(render(t, everyVerdict(), junit.Extended)), func(c *node) {
		facts := map[string]string{"file": c.attr["file"], "line": c.attr["line"], "assertions": c.attr["assertions"]}
		for _, p := range c.first("properties").children {
			facts[p.attr["name"]] = p.attr["value"]
		}
		got[c.attr["name"]] = facts
	})
	const file = "imses/person/relationships/unknown-child/scenario.yaml"
	for name, want := range map[string]map[string]string{
		"passed": {"file": "imses/person/a/passed/scenario.yaml", "line": "", "assertions": "1", "verdict": "passed", "title": "A story of a/passed", "requirements": "REL-07"},
		"failed": {"file": file, "line": "14", "assertions": "1", "verdict": "failed", "title": "A story of a/failed", "requirements": "REL-07", "broken": "GEN-04, REL-07",
			"operations": "createPerson", "labels": "relationships", "site": "main"},
		"known": {"file": file, "line": "14", "assertions": "1", "verdict": "known-failure", "title": "A story of b/known", "requirements": "REL-07", "broken": "REL-07",
			"repeats": "known-failure, known-failure", "knownOwner": "Integrations", "knownExpires": "2026-12-31"},
	} {
		if diff := cmp.Diff(want, got[name]); diff != "" {
			t.Errorf("%s: - wanted + got\n%s", name, diff)
		}
	}
	var verdicts []string
	for _, facts := range got {
		verdicts = append(verdicts, facts["verdict"])
	}
	slices.Sort(verdicts)
	if n := len(slices.Compact(verdicts)); n != len(reports.Words()) {
		t.Errorf("%d verdicts are told apart", n)
	}
}
