package profile

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"
)

// Place is where a setting came from: a line of a profile file, an environment
// variable or a flag.
type Place struct {
	File string // profile file; empty for a variable or a flag
	Line int    // 1-based; 0 when the whole file is meant
	Name string // variable or flag, e.g. "ESCONFORM_RATE", "--rate"
}

// String shows the place as file:line, or as the name of the variable or flag.
func (p Place) String() string {
	switch {
	case p.File != "" && p.Line > 0:
		return fmt.Sprintf("%s:%d", p.File, p.Line)
	case p.File != "":
		return p.File
	default:
		return p.Name
	}
}

// Defect is one thing that is wrong with the settings, said in one sentence. It
// never holds a secret.
type Defect struct {
	Place    Place
	Sentence string
}

// String shows the defect as "place: sentence".
func (d Defect) String() string {
	if place := d.Place.String(); place != "" {
		return place + ": " + d.Sentence
	}
	return d.Sentence
}

// Defects are all defects of the settings, by place. They are reported together,
// so that a profile is corrected in one go.
type Defects []Defect

// Error lists the defects, one a line.
func (d Defects) Error() string {
	lines := make([]string, len(d))
	for i, defect := range d {
		lines[i] = defect.String()
	}
	return strings.Join(lines, "\n")
}

// collector gathers defects while settings are read and checked.
type collector struct{ defects Defects }

func (c *collector) add(place Place, format string, args ...any) {
	c.defects = append(c.defects, Defect{Place: place, Sentence: fmt.Sprintf(format, args...)})
}

// err returns the gathered defects, sorted, or nil.
func (c *collector) err() error {
	if len(c.defects) == 0 {
		return nil
	}
	slices.SortStableFunc(c.defects, func(a, b Defect) int {
		return cmp.Or(cmp.Compare(a.Place.File, b.Place.File), cmp.Compare(a.Place.Line, b.Place.Line), cmp.Compare(a.Place.Name, b.Place.Name))
	})
	return c.defects
}

// reason strips what the standard library puts around an error: paths and URLs are
// said by our own sentence, and an URL may hold a password.
func reason(err error) string {
	for inner := errors.Unwrap(err); inner != nil; inner = errors.Unwrap(err) {
		err = inner
	}
	return err.Error()
}
