package runner

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"time"

	"esconform/reports"
	"esconform/reports/jsonl"
	"esconform/runner/plan"
)

// recorder keeps the results of a run: in memory, on disk, and for those who wait.
type recorder struct {
	config Config
	facts  reports.Report // the report, but for what the end of the run adds
	events *jsonl.Writer  // nil when nothing is written

	mu      sync.Mutex
	results map[string]reports.Result
	// repeated are the repetitions of cases that have no result yet, by their number.
	repeated map[string]map[int]reports.Result
	broken   error // the first result that could not be written
	short    bool  // a case was cut short by the interrupt
}

// begin makes the output folder and the events file, and removes the report of an
// earlier run: while this one goes on, a report that is there would be taken for its
// own.
func begin(c Config) (*recorder, error) {
	r := &recorder{config: c, facts: facts(c, time.Now()), results: make(map[string]reports.Result), repeated: make(map[string]map[int]reports.Result)}
	if c.OutDir == "" {
		return r, nil
	}
	if err := os.MkdirAll(c.OutDir, 0o755); err != nil {
		return r, fmt.Errorf("make output folder: %w", err)
	}
	if err := os.Remove(filepath.Join(c.OutDir, ReportFile)); err != nil && !errors.Is(err, os.ErrNotExist) {
		return r, fmt.Errorf("remove earlier report: %w", err)
	}
	events, err := jsonl.Create(filepath.Join(c.OutDir, EventsFile), jsonl.HeaderOf(reports.Summarise(r.facts), planned(c.Plan)))
	if err != nil {
		return r, err
	}
	r.events = events
	return r, nil
}

// add records a result. The first one of a case counts; a second is a fault of the
// executor.
func (r *recorder) add(result reports.Result) { r.record(r.amended(r.reproducible(result))) }

func (r *recorder) reproducible(result reports.Result) reports.Result {
	if r.config.Reproduce != nil && result.Reproduce == "" {
		result.Reproduce = r.config.Reproduce(result.ID)
	}
	return result
}

func (r *recorder) amended(result reports.Result) reports.Result {
	if r.config.Amend != nil {
		return r.config.Amend(result)
	}
	return result
}

// record keeps a result as it is to be reported.
func (r *recorder) record(result reports.Result) {
	result = result.Normalise()
	r.mu.Lock()
	defer r.mu.Unlock()
	if _, there := r.results[result.ID]; there {
		r.broken = errors.Join(r.broken, fmt.Errorf("case %s ended twice", result.ID))
		return
	}
	r.results[result.ID] = result
	if r.events != nil {
		if err := r.events.Append(result); err != nil && r.broken == nil {
			r.broken = err
		}
	}
	r.config.Results.put(result)
	if r.config.OnResult != nil {
		r.config.OnResult(result)
	}
}

// skip records the cases that the plan skips.
func (r *recorder) skip() {
	for _, item := range r.config.Plan.Items {
		if item.Skip != "" {
			result := blank(item)
			result.Verdict, result.Reason = reports.Skipped, item.Skip
			r.add(result)
		}
	}
}

// missing returns the items that have no result.
func (r *recorder) missing() []plan.Item {
	r.mu.Lock()
	defer r.mu.Unlock()
	var items []plan.Item
	for _, item := range r.config.Plan.Items {
		if _, there := r.results[item.Case.ID()]; !there {
			items = append(items, item)
		}
	}
	return items
}

// interrupted notes that an outcome was cut short.
func (r *recorder) interrupted() {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.short = true
}

// cut says whether the run ended before all of its cases had.
func (r *recorder) cut() bool {
	missing := len(r.missing()) > 0
	r.mu.Lock()
	defer r.mu.Unlock()
	return missing || r.short
}

// finish makes the report and writes what is left to write. The error is the one
// given, with those of the files.
func (r *recorder) finish(interrupted bool, residue []string, err error) (reports.Report, error) {
	report := r.facts
	report.FinishedAt, report.Interrupted = time.Now(), interrupted
	report.Residue = append(r.declaredResidue(), residue...)
	for _, result := range r.results {
		report.Scenarios = append(report.Scenarios, result)
	}
	err = errors.Join(err, r.broken)
	report.Complete = err == nil && !interrupted
	report = r.weigh(report)
	if r.config.Compare != nil {
		report.Baseline = r.config.Compare(report)
	}
	if r.events != nil {
		if fileErr := r.write(report); fileErr != nil {
			err = errors.Join(err, fileErr)
			report.Complete = false
			report = r.weigh(report)
		}
	}
	return report, err
}

// weigh gives the report its verdicts: the run's and the certification's.
func (r *recorder) weigh(report reports.Report) reports.Report {
	report = reports.Summarise(report)
	if r.config.Certify != nil {
		report.Certification = r.config.Certify(report)
	}
	return report
}

// write ends events.jsonl and writes report.json from the same report. A file that
// lacks a result gets no footer: readers shall see that it is not whole.
func (r *recorder) write(report reports.Report) error {
	if r.broken != nil {
		return r.events.Abandon()
	}
	if err := r.events.Finish(jsonl.FooterOf(report)); err != nil {
		return err
	}
	return jsonl.WriteReport(filepath.Join(r.config.OutDir, ReportFile), report)
}

// distrusted is the report of a run that could not begin.
func (r *recorder) distrusted(err error) reports.Report {
	report := r.facts
	report.FinishedAt = time.Now()
	for _, item := range r.config.Plan.Items {
		result := blank(item)
		result.Verdict, result.Reason = reports.NotRun, err.Error()
		report.Scenarios = append(report.Scenarios, result.Normalise())
	}
	return reports.Summarise(report)
}

// declaredResidue is what the cases that ran say they leave behind.
func (r *recorder) declaredResidue() []string {
	var residue []string
	told := make(map[string]bool)
	for _, item := range r.config.Plan.Items {
		if r.results[item.Case.ID()].Exchanges == 0 {
			continue
		}
		for _, sentence := range item.Case.Scenario.Residue {
			if line := item.Case.Scenario.ID + ": " + sentence; !told[line] {
				told[line] = true
				residue = append(residue, line)
			}
		}
	}
	return residue
}
