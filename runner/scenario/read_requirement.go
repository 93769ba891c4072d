package scenario

import (
	"cmp"
	"regexp"
	"slices"
	"strings"
)

// Confidences are the words that say what a requirement rests on: an itslearning
// page or schema, a printed sample, the code of a client, our own conclusion, or a
// standard (HTTP, XML, SOAP, WS-Security).
func Confidences() []string { return []string{"doc", "sample", "client", "inferred", "standard"} }

// Reasons is the closed list of reasons why a requirement cannot be tested.
func Reasons() []string {
	return []string{"field-not-named", "needs-user-interface", "needs-other-integration",
		"not-stated-what-happens", "answer-not-documented", "not-observable-on-the-wire"}
}

var requirementID = regexp.MustCompile(`^[A-Z][A-Z0-9]*(-[A-Z0-9]+)+$`)

// readRequirements reads one requirements file.
func (r reader) readRequirements(list *node) Requirements {
	var out Requirements
	for _, item := range r.list(list) {
		q := r.requirement(item)
		if q.ID != "" {
			out = append(out, q)
		}
	}
	return out
}

func (r reader) requirement(n *node) Requirement {
	m := r.mapping(n, shapeRequirement)
	r.need(m, shapeRequirement, "id", "area", "level", "statement", "source", "confidence", "class")
	q := Requirement{
		ID:         r.filled(m.get("id")),
		Area:       r.filled(m.get("area")),
		Level:      Level(r.oneOf(m.get("level"), "level", string(Must), string(Should), string(May))),
		Statement:  r.filled(m.get("statement")),
		Source:     r.filled(m.get("source")),
		Confidence: r.oneOf(m.get("confidence"), "confidence", Confidences()...),
		Class:      Class(r.oneOf(m.get("class"), "class", string(Verified), string(Observed), string(Client), string(Untestable))),
		Universal:  r.truth(m.get("universal")),
		Fails:      r.truth(m.get("fails")),
		Reason:     r.oneOf(m.get("reason"), "reason", Reasons()...),
		Missing:    r.filled(m.get("missing")),
		Position:   n.at,
	}
	r.checkRequirement(m, q)
	return q
}

// checkRequirement reports what does not go together.
func (r reader) checkRequirement(m *node, q Requirement) {
	if q.ID != "" && !requirementID.MatchString(q.ID) {
		r.add(m.get("id").at, "%q is no requirement id; write capital letters, digits and hyphens, such as REL-07", q.ID)
	}
	if q.Class == Untestable {
		r.need(m, shape{noun: "an untestable requirement"}, "reason", "missing")
	} else if n := cmp.Or(m.get("reason"), m.get("missing")); n != nil {
		r.add(n.at, "only an untestable requirement has a reason and a missing fact; remove them or class it untestable")
	}
	if q.Universal && q.Class != Verified {
		r.add(m.get("universal").at, "a universal requirement is checked on every answer, so its class is verified, not %s", q.Class)
	}
	if q.Level == May && q.Class == Verified {
		r.add(m.get("level").at, "what may be so cannot be demanded; class %s observed, not verified", q.ID)
	}
}

// mergeRequirements sorts the requirements and reports ids that occur twice.
func (r reader) mergeRequirements(all Requirements) Requirements {
	slices.SortStableFunc(all, func(a, b Requirement) int { return strings.Compare(a.ID, b.ID) })
	for i := 1; i < len(all); i++ {
		if all[i].ID == all[i-1].ID {
			r.add(all[i].Position, "requirement %s is in %s:%d already; give this one another id", all[i].ID,
				all[i-1].Position.File, all[i-1].Position.Line)
		}
	}
	return all
}
