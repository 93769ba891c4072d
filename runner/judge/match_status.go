package judge

import (
	"errors"
	"strings"

	"esconform/reports"
	"esconform/runner/scenario"
	"esconform/runner/wire"
	"esconform/runner/xmltree"
)

// statusOf picks the status that an expectation is about: the n-th, or the only
// one. Where several items were sent, a scenario that names none has a defect. A
// nil status means that the answer has none; the mismatch says so.
func (a *answer) statusOf(item int) (*xmltree.Node, *mismatch, error) {
	switch {
	case item == 0 && len(a.statuses) > 1 && a.severalSent():
		return nil, nil, errors.New("the answer has " + plural(len(a.statuses), "status") + "; the scenario must say which one with item")
	case len(a.statuses) == 0:
		at := a.info
		if at == nil {
			at = a.header
		}
		return nil, broken(at, "the answer has no status"), nil
	case item > len(a.statuses):
		return nil, broken(a.info, "the answer has no status %d: it has %s", item, plural(len(a.statuses), "status")), nil
	}
	return a.statuses[max(item, 1)-1], nil, nil
}

// severalSent says whether more than one item was sent, as far as can be told.
func (a *answer) severalSent() bool {
	if a.operation.Container != wire.StatusPerItem {
		return false
	}
	sent, ok := sentItems(a)
	return !ok || sent != 1
}

// line is one part of a status as wanted and as it came.
type line struct {
	node        *xmltree.Node
	what        string
	wanted, got string
}

// matchStatus wants parts of a status.
func (c *court) matchStatus(a *answer, e scenario.Expectation) (*mismatch, error) {
	s, missing, err := a.statusOf(e.Item)
	if s == nil {
		return missing, err
	}
	var wrong []line
	for _, l := range statusLines(s, *e.Status) {
		if l.wanted != l.got {
			wrong = append(wrong, l)
		}
	}
	if len(wrong) == 0 {
		return nil, nil
	}
	first := wrong[0]
	m := differs(first.node, first.wanted, first.got, "%s of the status is %s instead of %s", first.what, quoted(first.got), quoted(first.wanted))
	m.diff = nil
	var said []string
	for _, l := range wrong {
		m.diff = append(m.diff, reports.Diff{Op: "-", Text: l.what + ": " + shown(l.wanted)}, reports.Diff{Op: "+", Text: l.what + ": " + shown(l.got)})
		said = append(said, l.what+" is "+quoted(l.got)+" instead of "+quoted(l.wanted))
	}
	m.message = "in the status " + strings.Join(said, ", ")
	return m, nil
}

// statusLines are the wanted parts of a status beside what came.
func statusLines(s *xmltree.Node, want scenario.Status) []line {
	var lines []line
	add := func(what, wanted string, node *xmltree.Node, got string) {
		if node == nil {
			node = s
		}
		if wanted != "" {
			lines = append(lines, line{node, what, wanted, got})
		}
	}
	minor, description := childNamed(s, "codeMinor"), childNamed(s, "description")
	add("codeMajor", want.CodeMajor, childNamed(s, "codeMajor"), textNamed(s, "codeMajor"))
	add("severity", want.Severity, childNamed(s, "severity"), textNamed(s, "severity"))
	add("codeMinor", want.CodeMinor, minor, presence(minor))
	add("description", want.Description, description, presence(description))
	if want.CodeMinorName == "" && want.CodeMinorValue == "" {
		return lines
	}
	// Several fields are allowed; one of them must hold both (STA-06).
	best := minor
	if minor != nil {
		for _, f := range childrenNamed(minor, "codeMinorField") {
			name := textNamed(f, "codeMinorName")
			if best == minor || name == want.CodeMinorName {
				best = f
			}
			if name == want.CodeMinorName && textNamed(f, "codeMinorValue") == want.CodeMinorValue {
				return lines
			}
		}
	}
	add("codeMinorName", want.CodeMinorName, best, textNamed(best, "codeMinorName"))
	add("codeMinorValue", want.CodeMinorValue, best, textNamed(best, "codeMinorValue"))
	return lines
}

func presence(n *xmltree.Node) string {
	if n == nil {
		return "absent"
	}
	return "present"
}

// matchText wants the description text of a status, compared after trimming white
// space (a stored sample breaks the line before the text).
func (c *court) matchText(a *answer, e scenario.Expectation) (*mismatch, error) {
	wanted, err := c.substitute(a, *e.Text, nil)
	if err != nil {
		return nil, err
	}
	s, missing, err := a.statusOf(e.Item)
	if s == nil {
		if missing != nil {
			missing.wanted = wanted
		}
		return missing, err
	}
	description := childNamed(s, "description")
	got := childNamed(description, "text")
	wanted = strings.TrimSpace(wanted)
	switch {
	case got == nil:
		at := s
		if description != nil {
			at = description
		}
		return lacks(at, wanted, "the status has no description text"), nil
	case strings.TrimSpace(got.Text) != wanted:
		return differs(got, wanted, strings.TrimSpace(got.Text), "the text of the status is %s", quoted(strings.TrimSpace(got.Text))), nil
	}
	return nil, nil
}
