package cli

import (
	"errors"
	"fmt"
	"path/filepath"

	"esconform/reports"
	"esconform/reports/jsonl"
	"esconform/runner"
)

// distrust returns the report of a run of which something could not be written: it is
// not complete, so that nothing says conformant. What was written is written again; the
// error says what still says something else.
func (j *job) distrust(report reports.Report) (reports.Report, error) {
	if report.SchemaVersion == "" {
		return report, nil // the run did not begin
	}
	report.Complete = false
	report = reports.Summarise(report)
	if certify := j.judgeCertification(); certify != nil {
		report.Certification = certify(report)
	}
	_ = j.writeReports(report) // what cannot be written has been said
	err := jsonl.WriteReport(filepath.Join(j.flags.out, runner.ReportFile), report)
	if err != nil {
		return report, fmt.Errorf("write the report again: %w", err)
	}
	return report, nil
}

// writeAll writes everything that is rendered from the finished report, and returns
// the report that is to be believed.
func (j *job) writeAll(report reports.Report) (reports.Report, error) {
	err := errors.Join(j.writeReports(report), j.writeBundle(report))
	if err == nil {
		return report, nil
	}
	report, again := j.distrust(report)
	return report, errors.Join(err, again)
}
