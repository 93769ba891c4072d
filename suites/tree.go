package suites

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"github.com/onsi/ginkgo/v2"
	"github.com/onsi/gomega"

	"esconform/reports"
	"esconform/runner/plan"
)

// coreLabel marks the specs of core cases.
const coreLabel = "core"

// specs builds the tree. All is below one container: Ginkgo shuffles top-level nodes
// even when it is told to shuffle nothing.
func specs(ctx context.Context, p plan.Plan, results Results) {
	items := slices.SortedStableFunc(slices.Values(p.Items), func(a, b plan.Item) int { return cmp.Compare(a.Case.ID(), b.Case.ID()) })
	var areas []string
	byArea := make(map[string][]plan.Item)
	for _, item := range items {
		name := area(item.Case.Scenario.ID)
		if byArea[name] == nil {
			areas = append(areas, name)
		}
		byArea[name] = append(byArea[name], item)
	}
	ginkgo.Describe("esconform", func() {
		for _, name := range areas {
			ginkgo.Context(name, func() {
				for _, item := range byArea[name] {
					spec(ctx, item, results)
				}
			})
		}
	})
}

// spec is one case: it awaits the result and asserts on it.
func spec(ctx context.Context, item plan.Item, results Results) {
	id := item.Case.ID()
	labels := ginkgo.Label(item.Case.Scenario.Labels...)
	if item.Core {
		labels = append(labels, coreLabel)
	}
	name := strings.TrimPrefix(id, area(item.Case.Scenario.ID)+"/")
	ginkgo.It(name, labels, func(specCtx ginkgo.SpecContext) {
		waiting, cancel := context.WithCancelCause(specCtx)
		defer cancel(nil)
		defer context.AfterFunc(ctx, func() { cancel(context.Cause(ctx)) })()
		result, err := results.Await(waiting, id)
		if err != nil {
			ginkgo.Fail(err.Error())
		}
		attach(result)
		switch result.Verdict {
		case reports.Skipped, reports.KnownFailure:
			ginkgo.Skip(string(result.Verdict) + ": " + cmp.Or(result.Reason, "no reason was given"))
		}
		gomega.NewGomega(ginkgo.Fail).Expect(result).To(beAcceptable())
	})
}

// attach adds what leads to the evidence: the id, the folder and the requirements
// that were broken, never a payload, because entries reach every report of Ginkgo.
func attach(r reports.Result) {
	ginkgo.AddReportEntry("id", r.ID, ginkgo.ReportEntryVisibilityNever)
	if r.Evidence != "" {
		ginkgo.AddReportEntry("evidence", r.Evidence, ginkgo.ReportEntryVisibilityNever)
	}
	if broken := r.Broken(); len(broken) > 0 {
		ginkgo.AddReportEntry("broken", strings.Join(broken, ", "), ginkgo.ReportEntryVisibilityNever)
	}
}

// area is the service area of a scenario: the first two elements of its id.
func area(id string) string {
	elements := strings.SplitN(id, "/", 3)
	return strings.Join(elements[:min(2, len(elements))], "/")
}
