package known

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// Defect is one mistake in a list, with a sentence that says what to do about it.
type Defect struct {
	File     string
	Line     int // 1-based
	Sentence string
}

// String shows the defect as file:line: sentence.
func (d Defect) String() string { return fmt.Sprintf("%s:%d: %s", d.File, d.Line, d.Sentence) }

// Defects are all mistakes in a list, in the order of their lines, so that it is
// corrected in one go.
type Defects []Defect

// Error lists the defects, one a line.
func (d Defects) Error() string {
	lines := make([]string, len(d))
	for i, defect := range d {
		lines[i] = defect.String()
	}
	return strings.Join(lines, "\n")
}

// collector gathers defects of one file.
type collector struct {
	file    string
	defects Defects
}

func (c *collector) add(line int, format string, args ...any) {
	c.defects = append(c.defects, Defect{File: c.file, Line: max(1, line), Sentence: fmt.Sprintf(format, args...)})
}

// err returns all defects in the order of their lines, or nil.
func (c *collector) err() error {
	if len(c.defects) == 0 {
		return nil
	}
	slices.SortStableFunc(c.defects, func(a, b Defect) int { return cmp.Compare(a.Line, b.Line) })
	return c.defects
}
