package exchange

import (
	"fmt"
	"strings"

	"esconform/runner/evidence"
)

// recorder names and logs the exchanges of one case.
type recorder struct {
	log    *evidence.Log // nil for none
	id     string        // of the case and the repetition (evidence.Key)
	folder string        // of the case, relative to the evidence folder, with slashes
	count  int
}

// save names the envelopes of an exchange and appends it to the log. That happens
// while the case runs, so that a crash keeps it.
func (r *recorder) save(x *evidence.Exchange) error {
	r.count++
	if r.log == nil {
		return nil
	}
	name := x.Operation
	if name == "" {
		name = strings.ToLower(x.Method)
	}
	base := fmt.Sprintf("%s/%02d-%s", r.folder, r.count, safeName(name))
	if x.Request != nil {
		x.RequestFile = base + ".request.xml"
	}
	if x.Response != nil {
		x.ResponseFile = base + ".response.xml"
	}
	return r.log.Exchange(r.id, *x)
}

// finish logs what the case has seen beside its exchanges.
func (r *recorder) finish(o evidence.Outcome) error {
	if r.log == nil {
		return nil
	}
	return r.log.Outcome(r.id, o)
}

// folderOf turns a case id into a folder that stays inside the evidence folder, another
// for each repetition.
func folderOf(id string, repetition int) string {
	parts := strings.Split(id, "/")
	for i, part := range parts {
		parts[i] = safeName(part)
	}
	return evidence.Key(strings.Join(parts, "/"), repetition)
}

// safeName keeps letters, digits, dots, hyphens and underscores; a name is never
// empty and never made of dots alone.
func safeName(name string) string {
	clean := strings.Map(func(r rune) rune {
		switch {
		case r >= 'a' && r <= 'z', r >= 'A' && r <= 'Z', r >= '0' && r <= '9', r == '.', r == '-', r == '_':
			return r
		}
		return '_'
	}, name)
	if strings.Trim(clean, ".") == "" {
		return "_" + clean
	}
	return clean
}
