package known

import (
	"encoding/json"
	"regexp"
	"slices"
	"strings"
)

// add writes entries at the end of the list, as far apart as those that are there.
func (p *paper) add(entries []Entry) {
	if len(entries) == 0 {
		return
	}
	at, depth := len(p.lines), 0
	if n := len(p.entries); n > 0 {
		at, depth = p.entries[n-1].end, p.entries[n-1].indent
	}
	var out []string
	if last := p.left(at-1, -1); last >= 0 {
		if !strings.HasSuffix(p.lines[last], "\n") {
			p.lines[last] += p.end
		}
		if p.apart && !p.blank(last) {
			out = append(out, p.end)
		}
	}
	for i, e := range entries {
		if i > 0 && p.apart {
			out = append(out, p.end)
		}
		for _, line := range e.lines() {
			out = append(out, strings.Repeat(" ", depth)+line+p.end)
		}
	}
	if next := p.left(at, 1); p.apart && next < len(p.lines) && !p.blank(next) {
		out = append(out, p.end)
	}
	p.lines = slices.Insert(p.lines, at, out...)
	p.gone = slices.Insert(p.gone, at, make([]bool, len(out))...)
}

// lines writes an entry.
func (e Entry) lines() []string {
	rules := make([]string, len(e.Requirements))
	for i, id := range e.Requirements {
		rules[i] = scalar(id)
	}
	requirement := strings.Join(rules, ", ")
	if len(rules) > 1 {
		requirement = "[" + requirement + "]"
	}
	values := map[string]string{"id": scalar(e.ID), "requirement": requirement, "message": scalar(e.Message), "owner": scalar(e.Owner),
		"reason": scalar(e.Reason), "link": scalar(e.Link), "expires": scalar(e.Expires)}
	var lines []string
	for _, key := range keys {
		if values[key] != "" {
			lines = append(lines, "  "+key+": "+values[key])
		}
	}
	lines[0] = "- " + strings.TrimSpace(lines[0])
	return lines
}

// plain is text that YAML reads as itself without quotes.
var plain = regexp.MustCompile(`^[A-Za-z0-9]([A-Za-z0-9 _./()+-]|:[A-Za-z0-9/])*$`)

// scalar writes a text as a value; empty for none.
func scalar(text string) string {
	if text == "" || plain.MatchString(text) && reads(text) {
		return text
	}
	var out strings.Builder
	e := json.NewEncoder(&out) // a string of JSON is one of YAML
	e.SetEscapeHTML(false)
	_ = e.Encode(text) // a text can always be encoded
	return strings.TrimSuffix(out.String(), "\n")
}

// reads says whether a text without quotes is read as itself: null is not.
func reads(text string) bool {
	c := &collector{}
	l := c.read([]byte("- id: " + text + "\n"))
	return len(l.Entries) == 1 && l.Entries[0].ID == text
}
