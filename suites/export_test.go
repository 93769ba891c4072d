package suites

import (
	"github.com/onsi/ginkgo/v2"
	"github.com/onsi/ginkgo/v2/types"
)

// The import of Ginkgo above is what the ginkgo command recognises a suite by.

// Apart returns the options of a suite that tests this package: the flags of the
// ginkgo command, such as --label-filter, are meant for the real run and not for it.
func (o Options) Apart() Options {
	o.flags = defaults
	return o
}

// Reporting returns the options with a receiver of what Ginkgo reports at the end.
func (o Options) Reporting(to *ginkgo.Report) Options {
	o.report = func(r ginkgo.Report) { *to = r }
	return o
}

// CheckProcess says why no suite can be run in this process.
func CheckProcess() error {
	suite, _ := configuration()
	return checkProcess(suite)
}

// Refused says how a process is refused that the ginkgo command made one of many.
func Refused(processes int) error {
	suite := types.NewDefaultSuiteConfig()
	suite.ParallelTotal = processes
	return checkProcess(suite)
}
