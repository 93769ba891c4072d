package cli

import (
	"fmt"

	"esconform/reports"
	"esconform/reports/annotations"
)

// onGitHub is the only system that --annotations knows.
const onGitHub = "github"

// checkAnnotations makes sure that --annotations names a system that there is.
func (f runFlags) checkAnnotations() error {
	if f.annotations != "" && f.annotations != onGitHub {
		return fmt.Errorf("--annotations: there is no %q; there is %s", f.annotations, onGitHub)
	}
	return nil
}

// printAnnotations prints the annotations of --annotations on standard output.
func (j *job) printAnnotations(s Streams, report reports.Report) error {
	if j.flags.annotations == "" || report.SchemaVersion == "" {
		return nil
	}
	return annotations.GitHub(s.Out, report)
}
