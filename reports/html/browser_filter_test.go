package html_test

import (
	"fmt"

	"github.com/chromedp/chromedp"
)

// The cases and the requirements that are shown.
const (
	shownCases        = `[...document.querySelectorAll(".case")].filter((c) => c.checkVisibility()).length`
	shownRequirements = `[...document.querySelectorAll(".requirements tbody tr")].filter((r) => r.checkVisibility()).map((r) => r.id).join(" ")`
	caseStatus        = `document.querySelector("#scenario-controls [role=status]").textContent`
)

func filterChecks() []check {
	return []check{
		{"a search narrows the cases and says how many are left", func(b *tab) {
			b.open(sample(), "")
			b.holds(shownCases + ` === 9`)
			b.do(chromedp.SendKeys("#scenario-text", "unknown CHILD"))
			b.holds(shownCases + ` === 1 && ` + caseStatus + ` === "1 of 9 cases"`)
			b.holds(`document.querySelectorAll(".group:not([hidden])").length === 1`)
			b.do(chromedp.SendKeys("#scenario-text", " nowhere"))
			b.holds(shownCases + ` === 0 && document.querySelector("#scenarios .nothing").checkVisibility()`)
			b.click("[data-clear=scenario-controls]")
			b.holds(shownCases + ` === 9 && ` + caseStatus + ` === "9 cases" && document.activeElement.id === "scenario-text"`)
		}},
		{"a search sees messages, requirements, operations and reasons", func(b *tab) {
			b.open(sample(), "")
			for text, n := range map[string]int{"not one of 'Male'": 1, "rel-07": 1, "createGroup": 8, "parentportal=disabled": 1, "scenario.yaml:14": 1} {
				b.do(chromedp.SetValue("#scenario-text", text))
				eval[bool](b, `document.getElementById("scenario-text").dispatchEvent(new Event("input", { bubbles: true }))`)
				b.holds(fmt.Sprintf("%s === %d", shownCases, n))
			}
		}},
		{"verdicts, area and label narrow together", func(b *tab) {
			b.open(sample(), "")
			b.click(`[name=verdict][value=failed]`)
			b.holds(shownCases + ` === 1`)
			b.click(`[name=verdict][value=passed]`)
			b.holds(shownCases + ` === 3`)
			choose(b, "scenario-area", "imses/group")
			b.holds(shownCases + ` === 2`)
			b.click(`#scenario-controls [type=reset]`)
			choose(b, "scenario-label", "relationships")
			b.holds(shownCases + ` === 1`)
		}},
		{"the numbers of the overview lead to what they count", func(b *tab) {
			b.open(sample(), "")
			b.click(`[data-show=known-failure]`)
			b.holds(shownCases + ` === 1 && document.querySelector(".case:not([hidden])").dataset.verdict === "known-failure" && location.hash === "#scenarios"`)
			b.click(`a[data-outcome=broken]`)
			b.holds(shownRequirements + ` === "GEN-04 REL-07"`)
		}},
		{"all that is shown unfolds and folds", func(b *tab) {
			b.open(sample(), "")
			b.click(`[name=verdict][value=failed]`)
			b.click(`[data-all=open]`)
			b.holds(`document.querySelectorAll(".case[open]").length === 1`)
			b.click(`#scenario-controls [type=reset]`)
			b.holds(shownCases + ` === 9`)
			b.click(`[data-all=open]`)
			b.holds(`document.querySelectorAll(".case[open]").length === 9`)
			b.click(`[data-all=close]`)
			b.holds(`document.querySelectorAll(".case[open]").length === 0`)
		}},
	}
}

func linkChecks() []check {
	return []check{
		{"a link to what a filter hides shows it", func(b *tab) {
			b.open(sample(), "")
			b.click(`[name=verdict][value=passed]`)
			b.holds(shownCases + ` === 2`)
			eval[string](b, `location.hash = "`+failedID+`"`)
			b.holds(deep(failedID) + ` && ` + shownCases + ` === 9`)
			choose(b, "requirement-outcome", "held")
			eval[string](b, `location.hash = "REL-07"`)
			b.holds(`document.getElementById("REL-07").checkVisibility()`)
		}},
		{"the requirements narrow by search, area, outcome, level and class", func(b *tab) {
			b.open(sample(), "")
			for _, step := range []struct{ id, value, want string }{
				{"requirement-outcome", "broken", "GEN-04 REL-07"}, {"requirement-level", "must", "REL-07"}, {"requirement-outcome", "", "CLI-01 CRS-10 GRP-01 REL-07"},
				{"requirement-class", "untestable", "CRS-10"}, {"requirement-area", "courses", "CRS-10"}, {"requirement-area", "clients", ""},
			} {
				choose(b, step.id, step.value)
				b.holds(shownRequirements + ` === "` + step.want + `"`)
			}
			b.click(`[data-clear=requirement-controls]`)
			b.do(chromedp.SendKeys("#requirement-text", "hierarchy"))
			b.holds(shownRequirements + ` === "CRS-10"`)
		}},
		{"the command is copied", func(b *tab) {
			b.open(sample(), failedID)
			b.click(`.case[open] .copy`)
			b.holds(`document.querySelector(".case[open] .copy").textContent === "Copied"`)
			b.do(chromedp.Focus("#scenario-text"))
			eval[bool](b, `document.execCommand("paste")`)
			b.holds(`document.querySelector(".case[open] .command code").textContent.endsWith("--only ` + failedID + `")`)
		}},
	}
}

func choose(b *tab, id, value string) {
	b.Helper()
	eval[bool](b, `(() => { const list = document.getElementById("`+id+`"); list.value = "`+value+`"; return list.dispatchEvent(new Event("input", { bubbles: true })); })()`)
}
