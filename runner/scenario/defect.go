package scenario

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// Defect is one mistake in a file of the fixtures, with a sentence that says what
// to do about it.
type Defect struct {
	Position
	Message string
}

// String shows the defect as file:line:column: message.
func (d Defect) String() string {
	return fmt.Sprintf("%s:%d:%d: %s", d.File, d.Line, d.Column, d.Message)
}

// Defects are all mistakes that loading found, sorted by position. It is the type
// of the error that Load returns for mistakes in the files.
type Defects []Defect

// Error lists the defects, one a line.
func (d Defects) Error() string {
	lines := make([]string, len(d))
	for i, defect := range d {
		lines[i] = defect.String()
	}
	return strings.Join(lines, "\n")
}

// report collects defects. The same mistake seen in several rows of a table is
// kept once.
type report struct {
	defects Defects
	seen    map[Defect]bool
}

func newReport() *report { return &report{seen: map[Defect]bool{}} }

// add records a defect. The message is a format for fmt.Sprintf.
func (r *report) add(at Position, format string, args ...any) {
	d := Defect{Position: at, Message: fmt.Sprintf(format, args...)}
	if !r.seen[d] {
		r.seen[d] = true
		r.defects = append(r.defects, d)
	}
}

// err returns all defects in order of position, or nil.
func (r *report) err() error {
	if len(r.defects) == 0 {
		return nil
	}
	slices.SortStableFunc(r.defects, func(a, b Defect) int {
		return cmp.Or(cmp.Compare(a.File, b.File), cmp.Compare(a.Line, b.Line),
			cmp.Compare(a.Column, b.Column), cmp.Compare(a.Message, b.Message))
	})
	return r.defects
}
