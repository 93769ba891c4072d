package reports

import (
	"fmt"
	"slices"
)

// CheckWords refuses a result whose verdicts or weights are none of this model: what
// was read from a file may be anybody's. The error quotes the word.
func (r Result) CheckWords() error {
	for _, v := range append([]Verdict{r.Verdict}, r.Repeats...) {
		if err := v.check(); err != nil {
			return err
		}
	}
	for _, f := range r.Findings {
		if !slices.Contains([]Weight{Failure, Warning, Trouble}, f.Weight) {
			return fmt.Errorf("%.40q is no weight of a finding", f.Weight)
		}
	}
	return nil
}

// CheckWords refuses a comparison or a certification with verdicts that are none.
func (r Report) CheckWords() error {
	if r.Baseline != nil {
		for _, c := range slices.Concat(r.Baseline.Worse, r.Baseline.Better) {
			for _, v := range []Verdict{c.From, c.To} {
				if err := v.check(); err != nil {
					return err
				}
			}
		}
	}
	if r.Certification == nil {
		return nil
	}
	verdicts := []RunVerdict{r.Certification.Verdict}
	for _, f := range r.Certification.Features {
		if f.Claimed || f.Verdict != "" {
			verdicts = append(verdicts, f.Verdict)
		}
	}
	for _, v := range verdicts {
		if !slices.Contains([]RunVerdict{Conformant, ConformantWithWarnings, NotConformant, Inconclusive}, v) {
			return fmt.Errorf("%.40q is no verdict of a run", v)
		}
	}
	return nil
}

func (v Verdict) check() error {
	if slices.Contains(Words(), v) {
		return nil
	}
	return fmt.Errorf("%.40q is no verdict of a case", v)
}
