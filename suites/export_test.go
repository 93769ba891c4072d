package suites

import "github.com/onsi/ginkgo/v2/types"

// Reporting returns the options with a receiver of what Ginkgo reports at the end.
func (o Options) Reporting(to *types.Report) Options {
	o.report = func(r types.Report) { *to = r }
	return o
}
