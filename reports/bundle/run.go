package bundle

import (
	"bytes"
	"fmt"
	"maps"
	"slices"
	"time"

	"esconform/reports"
	"esconform/reports/jsonl"
	"esconform/runner/evidence"
)

// run is what the files of one run say, after it was found that they agree.
type run struct {
	report    reports.Report
	exchanges []Exchange // of the evidence, in its order
	lines     []int      // of each exchange
}

// readRun reads the files of a run and refuses those that do not belong together:
// the report must follow from the events, and each result must name the exchanges
// that the evidence has, by their steps and times.
func readRun(files map[string][]byte) (run, error) {
	report, err := readReport(files)
	if err != nil {
		return run{}, err
	}
	if err := checkProfile(files[ProfileEntry], report); err != nil {
		return run{}, err
	}
	r := run{report: report, exchanges: []Exchange{}}
	log, err := r.readEvidence(files[EvidenceEntry])
	if err != nil {
		return run{}, err
	}
	if err := checkEvidenceForm(files[EvidenceEntry]); err != nil {
		return run{}, err
	}
	return r, log.check(report)
}

// readReport reads report.json and events.jsonl, which say the same.
func readReport(files map[string][]byte) (reports.Report, error) {
	if !bytes.HasSuffix(files[EventsEntry], []byte("\n")) {
		return reports.Report{}, fmt.Errorf("%s: its last line is cut off", EventsEntry)
	}
	events, err := jsonl.Read(bytes.NewReader(files[EventsEntry]), EventsEntry)
	if err != nil {
		return reports.Report{}, err
	}
	report, err := jsonl.ParseReport(files[ReportEntry], ReportEntry)
	if err != nil {
		return reports.Report{}, err
	}
	if report.RunID != events.RunID {
		return reports.Report{}, fmt.Errorf("%s: it is of run %s, and %s of run %s", ReportEntry, report.RunID, EventsEntry, events.RunID)
	}
	said, err := encode(report)
	if err != nil {
		return reports.Report{}, err
	}
	found, err := encode(events)
	if err != nil {
		return reports.Report{}, err
	}
	if !bytes.Equal(said, found) {
		return reports.Report{}, fmt.Errorf("%s: it does not follow from %s", ReportEntry, EventsEntry)
	}
	if err := checkEventsForm(files[EventsEntry]); err != nil {
		return reports.Report{}, err
	}
	return report, checkReportForm(files[ReportEntry], report)
}

// checkProfile compares the configuration with the report.
func checkProfile(data []byte, report reports.Report) error {
	var p Profile
	if err := decode(data, &p); err != nil {
		return fmt.Errorf("%s: %w", ProfileEntry, err)
	}
	written, err := encode(p)
	if err != nil {
		return err
	}
	if err := checkForm(data, written); err != nil {
		return fmt.Errorf("%s: %w", ProfileEntry, err)
	}
	said, err := encode(p.Target)
	if err != nil {
		return err
	}
	found, err := encode(report.Target)
	if err != nil {
		return err
	}
	if p.Name != report.Profile || !bytes.Equal(said, found) || p.Limits.MaxDepth != report.MaxDepth {
		return fmt.Errorf("%s: it is not the profile that %s names", ProfileEntry, ReportEntry)
	}
	return nil
}

// evidenceLog is the evidence of a run by evidence.Key.
type evidenceLog map[string]*seen

// seen is what the evidence holds of one case.
type seen struct {
	line      int // of its first line
	exchanges []evidence.Exchange
	lines     []int
	outcome   *evidence.Outcome
	ended     int // line of the outcome
}

// readEvidence collects the evidence by case and the digests in their order.
func (r *run) readEvidence(data []byte) (evidenceLog, error) {
	log := evidenceLog{}
	for l, err := range evidence.Scan(bytes.NewReader(data), EvidenceEntry) {
		if err != nil {
			return nil, err
		}
		s := log[l.Case]
		if s == nil {
			s = &seen{line: l.Line}
			log[l.Case] = s
		}
		switch {
		case (l.Exchange == nil) == (l.Outcome == nil):
			return nil, fmt.Errorf("%s:%d: it is neither an exchange nor an outcome, or both", EvidenceEntry, l.Line)
		case s.outcome != nil:
			return nil, fmt.Errorf("%s:%d: case %q has ended on line %d already", EvidenceEntry, l.Line, l.Case, s.ended)
		case l.Outcome != nil:
			s.outcome, s.ended = l.Outcome, l.Line
		default:
			s.exchanges, s.lines = append(s.exchanges, *l.Exchange), append(s.lines, l.Line)
			r.exchanges, r.lines = append(r.exchanges, exchange(l.Case, *l.Exchange)), append(r.lines, l.Line)
		}
	}
	return log, nil
}

// check compares the evidence of a run with its results.
func (l evidenceLog) check(report reports.Report) error {
	results := map[string]reports.Result{}
	for _, result := range report.Scenarios {
		results[result.ID] = result
		if err := l.fits(result); err != nil {
			return err
		}
	}
	for _, key := range slices.Sorted(maps.Keys(l)) {
		id, repetition := evidence.SplitKey(key)
		result, there := results[id]
		if !there || repetition > max(1, report.Selection.Repeat) {
			return fmt.Errorf("%s:%d: %s has no result of %q: it is the evidence of another run", EvidenceEntry, l[key].line, ReportEntry, key)
		}
		if result.Verdict == reports.Skipped {
			return fmt.Errorf("%s:%d: case %s was skipped, says %s, and here it was not", EvidenceEntry, l[key].line, id, ReportEntry)
		}
	}
	return nil
}

// fits says whether a result is that of one of the repetitions of its case. A result
// without steps that does not judge the endpoint needs no evidence.
func (l evidenceLog) fits(result reports.Result) error {
	if len(result.Steps) == 0 && !result.Verdict.Judged() {
		return nil
	}
	if n := len(result.Repeats); n > 0 && result.Verdict.Judged() && !l.ended(result.ID, n) {
		return fmt.Errorf("%s: it lacks repetitions of case %s, which has %d", EvidenceEntry, result.ID, n)
	}
	first := fmt.Errorf("%s: it has no evidence of case %s, which is %s", EvidenceEntry, result.ID, result.Verdict)
	for n := range max(1, len(result.Repeats)) {
		s := l[evidence.Key(result.ID, n+1)]
		if s == nil || s.outcome == nil {
			continue
		}
		err := s.check(result)
		if err == nil {
			return nil
		}
		if n == 0 {
			first = err
		}
	}
	return first
}

// ended says whether that many repetitions of a case have ended.
func (l evidenceLog) ended(id string, wanted int) bool {
	for n := range wanted {
		if s := l[evidence.Key(id, n+1)]; s == nil || s.outcome == nil {
			return false
		}
	}
	return true
}

// check compares the evidence of a case with its result: they hold the same steps,
// which began at the same times.
func (s *seen) check(result reports.Result) error {
	if began := s.outcome.StartedAt.UTC().Truncate(time.Millisecond); !began.Equal(result.StartedAt) {
		return fmt.Errorf("%s:%d: case %s began at %s, and its result says %s: this is the evidence of another run",
			EvidenceEntry, s.ended, result.ID, began.Format(time.RFC3339Nano), result.StartedAt.Format(time.RFC3339Nano))
	}
	if len(s.exchanges) != len(result.Steps) {
		return fmt.Errorf("%s:%d: case %s has %d exchanges, and its result names %d", EvidenceEntry, s.line, result.ID, len(s.exchanges), len(result.Steps))
	}
	for i, x := range s.exchanges {
		if step := stepOf(x, s.outcome.StartedAt); step != bare(result.Steps[i]) {
			return fmt.Errorf("%s:%d: exchange %d of case %s is not the one that its result names", EvidenceEntry, s.lines[i], i+1, result.ID)
		}
	}
	return nil
}

// stepOf is an exchange as a report lists it, but for the names of files.
func stepOf(x evidence.Exchange, began time.Time) reports.Step {
	step := reports.Step{
		Number: x.Step + 1, Operation: x.Operation, Given: x.Given, Attempt: x.Attempt, Page: x.Page, Status: x.Status,
		StartUS: max(0, x.StartedAt.Sub(began).Microseconds()), DurationUS: max(0, x.Duration.Microseconds()),
	}
	if x.Transport != nil {
		step.Fault = string(x.Transport.Kind)
	}
	return step
}

// bare is a step without the names of files, which say nothing about the exchange.
func bare(step reports.Step) reports.Step {
	step.Request, step.Response = "", ""
	return step
}
