package cli

import (
	"maps"
	"slices"

	"esconform/reports"
	"esconform/reports/bundle"
	"esconform/runner/profile"
)

// bundleProfile is the effective configuration as it stands in a bundle: without
// secrets, and without the paths of files of this machine.
func bundleProfile(t profile.Target, report reports.Report, residue bool) bundle.Profile {
	p := bundle.Profile{
		Name: report.Profile, Target: report.Target, SecureURL: t.SecureURL, Services: t.Services, Separate: t.Separate, Sites: []bundle.Site{},
		Control: t.Control != nil,
		Headers: slices.Sorted(maps.Keys(t.Headers)), Hooks: slices.Sorted(maps.Keys(t.Hooks)), Residue: residue,
		TLS: bundle.TLS{Unverified: t.TLS.Unverified, OwnAuthority: t.TLS.CAFile != "", ClientCertificate: t.TLS.CertFile != "", Proxy: t.TLS.Proxy != ""},
		Limits: bundle.Limits{Concurrency: t.Limits.Concurrency, Rate: t.Limits.Rate, StepTimeout: t.Limits.StepTimeout.String(),
			MaxDuration: t.Limits.MaxDuration.String(), MaxBody: t.Limits.MaxBody, MaxHeader: t.Limits.MaxHeader,
			MaxDepth: t.Limits.MaxDepth, MaxViolations: t.Limits.MaxViolations},
	}
	for _, s := range t.Sites {
		p.Sites = append(p.Sites, bundle.Site{Name: s.Name, Username: s.Credentials.Username, States: s.States, Anchors: s.Anchors})
	}
	return p
}
