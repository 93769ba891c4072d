package judge

import (
	"fmt"
	"strings"

	"esconform/reports"
	"esconform/runner/scenario"
)

// shownObservations bounds how many values of one path are recorded.
const shownObservations = 20

// observe records what is at a path, or the status, and asserts nothing.
func (c *court) observe(a *answer, e scenario.Expectation) {
	o := reports.Observation{Requirement: e.Proves, Step: a.index + 1}
	switch {
	case a.fault != nil:
		o.Value = "a Fault, " + faultText(a)
	case a.soap && !a.readable():
		o.Value = "no SOAP answer: " + a.kind()
	case e.At == "":
		o.Value = c.observedStatus(a, e.Item)
	default:
		s, err := c.spot(a, e.At, e.Item)
		if err != nil {
			c.trouble(a.index+1, "the observation at %s:%d cannot be made: %v", e.Position.File, e.Position.Line, err)
			return
		}
		o.Path, o.Value = shownIn(s.at, maxPath), observedAt(s)
	}
	o.Value = shown(o.Value)
	c.observations = append(c.observations, o)
}

func observedAt(s spot) string {
	if len(s.matches) == 0 {
		return "absent"
	}
	var values []string
	for i, m := range s.matches {
		if i == shownObservations {
			values = append(values, fmt.Sprintf("and %d more", len(s.matches)-i))
			break
		}
		value := valueOf(m)
		if strings.TrimSpace(value) == "" {
			value = "empty"
		}
		values = append(values, value)
	}
	return strings.Join(values, ", ")
}

// observedStatus tells a status, or all of them, on one line.
func (c *court) observedStatus(a *answer, item int) string {
	if len(a.statuses) == 0 || item > len(a.statuses) {
		return "no status"
	}
	list := a.statuses
	if item > 0 {
		list = list[item-1 : item]
	}
	var said []string
	for i, s := range list {
		if i == shownObservations {
			said = append(said, fmt.Sprintf("and %d more", len(list)-i))
			break
		}
		text := textNamed(s, "codeMajor") + "/" + textNamed(s, "severity")
		if minor := childNamed(s, "codeMinor"); minor != nil {
			for _, f := range childrenNamed(minor, "codeMinorField") {
				text += " " + textNamed(f, "codeMinorName") + "=" + textNamed(f, "codeMinorValue")
			}
		}
		if d := textNamed(childNamed(s, "description"), "text"); d != "" {
			text += ": " + d
		}
		said = append(said, text)
	}
	return strings.Join(said, "; ")
}
