package cli

import (
	"fmt"

	"esconform/reports"
	"esconform/reports/certify"
	"esconform/runner/certification"
)

// readCertification finds the profile of --certify. What it selects depends on the
// features that the target declares.
func (j *job) readCertification() error {
	if j.flags.certify == "" || j.library.Files == nil {
		return nil // without a library its defects are what there is to say
	}
	profiles, err := certification.Load(j.library)
	if err != nil {
		return err
	}
	profile, err := certification.Find(profiles, j.flags.certify)
	if err != nil {
		return fmt.Errorf("--certify: %w", err)
	}
	resolved := profile.For(j.library, j.target.Features)
	j.certify = &resolved
	return nil
}

// judgeCertification judges a report for the profile of --certify.
func (j *job) judgeCertification() func(reports.Report) *reports.Certification {
	if j.certify == nil {
		return nil
	}
	return func(r reports.Report) *reports.Certification {
		c := certify.Judge(*j.certify, r)
		return &c
	}
}
