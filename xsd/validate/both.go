package validate

import (
	"errors"
	"fmt"

	"esconform/runner/wire"
)

// DisagreementError says that two engines see one envelope differently: one finds
// it valid and the other does not, or they differ in the first invalid element.
type DisagreementError struct {
	// First and Second name the engines.
	First, Second string
	// FirstViolations and SecondViolations are what they found.
	FirstViolations, SecondViolations []Violation
	// Known is the entry of Differences that explains it; its name is empty when
	// none does, which is a defect of the engines or of this package.
	Known Difference
}

// Error tells what each engine found first.
func (e *DisagreementError) Error() string {
	text := fmt.Sprintf("the XSD engines disagree: %s %s, %s %s", e.First, opinion(e.FirstViolations), e.Second, opinion(e.SecondViolations))
	if e.Known.Name != "" {
		text += fmt.Sprintf("; known difference %s: %s", e.Known.Name, e.Known.Explanation)
	}
	return text
}

func opinion(violations []Violation) string {
	if len(violations) == 0 {
		return "finds the envelope valid"
	}
	v := violations[0]
	return fmt.Sprintf("finds element %d invalid (line %d: %s)", v.Node, v.Line, v.Message)
}

// both runs two engines and compares them.
type both struct {
	first, second *checker
	maxViolations int
}

// compared is the number of violations that are compared at least, so that engines
// are not taken to agree because both cut off everything.
const compared = 200

func newBoth(maxViolations int) (Validator, error) {
	first, err := open(newLibxml2, maxViolations)
	if err != nil {
		return nil, err
	}
	second, err := open(newHelium, maxViolations)
	if err != nil {
		return nil, errors.Join(err, first.Close())
	}
	return &both{first, second, maxViolations}, nil
}

func (b *both) Name() string { return b.first.Name() + " and " + b.second.Name() }

func (b *both) Close() error { return errors.Join(b.first.Close(), b.second.Close()) }

// Validate returns the violations that the first engine found. The second one has
// to agree on validity and on the first invalid element (ruling 18); if it does not,
// a *DisagreementError comes with the violations.
func (b *both) Validate(root wire.Name, envelope []byte) ([]Violation, error) {
	limit := max(compared, b.maxViolations)
	first, err := b.first.validate(root, envelope, limit)
	if err != nil {
		return nil, err
	}
	second, err := b.second.validate(root, envelope, limit)
	if err != nil {
		return nil, err
	}
	reported := first
	if len(first) > b.maxViolations {
		if reported, err = b.first.Validate(root, envelope); err != nil {
			return nil, err
		}
	}
	if !agree(first, second) {
		known, _ := explain(first, second)
		return reported, &DisagreementError{First: b.first.Name(), Second: b.second.Name(),
			FirstViolations: first, SecondViolations: second, Known: known}
	}
	return reported, nil
}

// agree compares validity and the index of the first invalid element. Violations
// come sorted by index.
func agree(a, b []Violation) bool {
	if len(a) == 0 || len(b) == 0 {
		return len(a) == len(b)
	}
	return a[0].Node == b[0].Node
}
