package reports

// The outcomes of a requirement in a run.
const (
	Held      = "held"       // expectations that prove it were evaluated, and none was broken
	Broken    = "broken"     // at least one finding cites it
	Observed  = "observed"   // something was recorded for it, nothing was asserted
	NotTested = "not-tested" // the run says nothing about it
)

// Cover returns the requirements with what the results say about each. Nothing is
// held unless a case evaluated an expectation that proves it; a finding of weight
// Trouble breaks nothing, because it is not about the endpoint.
func Cover(requirements []Requirement, results []Result) []Requirement {
	proved, broken, observed := make(map[string]bool), make(map[string]bool), make(map[string]bool)
	for _, r := range results {
		for _, id := range r.Proves {
			proved[id] = true
		}
		for _, id := range r.Broken() {
			broken[id] = true
		}
		for _, o := range r.Observations {
			observed[o.Requirement] = true
		}
	}
	covered := make([]Requirement, len(requirements))
	for i, q := range requirements {
		switch {
		case broken[q.ID]:
			q.Outcome = Broken
		case proved[q.ID]:
			q.Outcome = Held
		case observed[q.ID]:
			q.Outcome = Observed
		default:
			q.Outcome = NotTested
		}
		covered[i] = q
	}
	return covered
}

// Coverage counts requirements by their outcome in a run.
type Coverage struct{ Held, Broken, Observed, NotTested, Total int }

// CountCoverage counts the outcomes that Cover gave. A requirement without an
// outcome counts as not tested.
func CountCoverage(requirements []Requirement) Coverage {
	c := Coverage{Total: len(requirements)}
	for _, q := range requirements {
		switch q.Outcome {
		case Held:
			c.Held++
		case Broken:
			c.Broken++
		case Observed:
			c.Observed++
		default:
			c.NotTested++
		}
	}
	return c
}
