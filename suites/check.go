package suites

import (
	"errors"
	"flag"
	"fmt"
	"strings"

	"github.com/onsi/ginkgo/v2/types"

	"esconform/runner/plan"
)

// Check says why a suite cannot be run, before anything of a run has begun: the
// process was started in a way that Ginkgo or this package does not take, or the plan
// does not make a tree. All defects are told together. Run checks the same.
func Check(p plan.Plan) error {
	suite, _ := configuration()
	return check(suite, p)
}

func check(suite types.SuiteConfig, p plan.Plan) error {
	if err := errors.Join(checkProcess(suite), checkPlan(p)); err != nil {
		return fmt.Errorf("run suites: %w", err)
	}
	return nil
}

// checkProcess refuses ways of starting that Ginkgo ends the process for, and
// several processes: exchanges are carried out by one executor, which has its own
// concurrency.
func checkProcess(suite types.SuiteConfig) error {
	var defects []error
	if suite.ParallelTotal > 1 {
		defects = append(defects, errors.New("the suite runs in one process: leave out ginkgo -p and -procs, "+
			"and choose how many scenarios run at the same time with --concurrency (ESCONFORM_CONCURRENCY)"))
	}
	flag.Visit(func(f *flag.Flag) {
		if f.Name == "test.parallel" {
			defects = append(defects, errors.New("leave out -parallel: choose how many scenarios run at the same time with --concurrency (ESCONFORM_CONCURRENCY)"))
		}
	})
	if suite.DryRun {
		defects = append(defects, errors.New("a dry run of the suite awaits nothing: see esconform run --dry-run"))
	}
	return errors.Join(defects...)
}

// checkPlan refuses a plan that does not make a tree. Ginkgo takes duplicate texts in
// silence, so that ids are unique is checked here.
func checkPlan(p plan.Plan) error {
	if len(p.Items) == 0 {
		return errors.New("the plan has no case")
	}
	var defects []error
	seen := make(map[string]bool)
	for _, item := range p.Items {
		id := item.Case.ID()
		if strings.TrimSpace(id) == "" {
			defects = append(defects, errors.New("a case has no id"))
		}
		if seen[id] {
			defects = append(defects, fmt.Errorf("case %s is in the plan twice", id))
		}
		seen[id] = true
		for _, label := range item.Case.Scenario.Labels {
			if _, err := types.ValidateAndCleanupLabel(label, types.CodeLocation{}); err != nil {
				defects = append(defects, fmt.Errorf("case %s: the label %q has one of & | ! , ( ) / : or is empty", id, label))
			}
		}
	}
	return errors.Join(defects...)
}

// once hides -count of go test from Ginkgo while f runs. Ginkgo refuses to be run
// more than once, and ends the process; but each of our suites is a fresh one.
func once(f func() bool) bool {
	count := flag.Lookup("test.count")
	if count == nil || count.Value.String() == "1" {
		return f()
	}
	said := count.Value.String()
	_ = count.Value.Set("1") // a number is a valid value
	defer func() { _ = count.Value.Set(said) }()
	return f()
}
