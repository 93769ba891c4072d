package reports

// Count counts results by verdict, and scenario folders by the worst verdict of
// their cases (ruling 7: a case is a result of its own, but scenarios are counted
// as folders).
func Count(results []Result) Counts {
	var c Counts
	folders := make(map[string]Verdict)
	for _, r := range results {
		c.add(r.Verdict)
		if worst, seen := folders[r.Scenario]; !seen || r.Verdict.Worse(worst) {
			folders[r.Scenario] = r.Verdict
		}
	}
	for _, worst := range folders {
		c.Scenarios.add(worst)
	}
	return c
}

func (c *Counts) add(v Verdict) {
	c.Total++
	switch v {
	case Passed:
		c.Passed++
	case Warned:
		c.Warned++
	case Failed:
		c.Failed++
	case Skipped:
		c.Skipped++
	case KnownFailure:
		c.KnownFailure++
	case UnexpectedPass:
		c.UnexpectedPass++
	case NotRun:
		c.NotRun++
	default: // Error, and any word that is none of ours
		c.Error++
	}
}

// add counts a folder. An unexpected pass is counted as failed, as it is in the
// counts of JUnit (ruling 22): the list of known failures is wrong.
func (c *ScenarioCounts) add(v Verdict) {
	c.Total++
	switch v {
	case Passed:
		c.Passed++
	case Warned:
		c.Warned++
	case Failed, UnexpectedPass:
		c.Failed++
	case Skipped, KnownFailure, NotRun:
		c.Other++
	default:
		c.Error++
	}
}
