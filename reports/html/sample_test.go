package html_test

import (
	"fmt"
	"time"

	"esconform/reports"
)

const failedID = "imses/person/relationships/unknown-child"

// failed is a case with findings of every weight and everything that a case can have.
func failed() reports.Result {
	evidence := "evidence/" + failedID
	return reports.Result{
		ID: failedID, Scenario: failedID, Area: "imses/person", Title: "An unknown child is reported and the known children are linked",
		Source: "Creating parent/child relationships, example 1", Labels: []string{"relationships", "documented"}, Operations: []string{"createPerson", "readPerson"},
		Core: true, Verdict: reports.Failed, Site: "main", Proves: []string{"GEN-04", "REL-07", "STA-21"}, DurationMS: 41, Exchanges: 4,
		Evidence: evidence, Reproduce: "esconform run --endpoint https://example.org --only " + failedID, Repeats: []reports.Verdict{reports.Failed, reports.Passed},
		Findings: []reports.Finding{
			{Requirement: "GEN-04", Statement: "The media type is text/xml.", Source: "wire, section 1", Weight: reports.Warning, Message: "the media type is another",
				Step: 1, Operation: "createPerson", Wanted: "text/xml", Got: "application/xml"},
			{Requirement: "REL-07", Statement: "The text about an unknown child names the id that was sent.", Source: "Creating parent/child relationships, example 1",
				Weight: reports.Failure, Message: "the description of the status differs", Step: 1, Operation: "createPerson", Expectation: failedID + "/scenario.yaml:14",
				Path: "/soap:Envelope/soap:Header/bind:syncResponseHeaderInfo/bind:statusInfo", Line: 12, Response: evidence + "/03-createPerson.response.xml",
				Diff:    []reports.Diff{{Op: " ", Text: "<description>"}, {Op: "-", Text: "identifier 'Child3' does not exist in itslearning"}, {Op: "+", Text: "identifier 'Child2' does not exist"}},
				Excerpt: []reports.ExcerptLine{{Number: 11, Text: "<codeMinor>"}, {Number: 12, Text: "<description>identifier 'Child2' does not exist</description>", Marked: true}, {Number: 12, Text: "</codeMinor>"}}},
			{Requirement: "STA-21", Statement: "Answers are valid against their schema.", Weight: reports.Failure, Step: 1, Operation: "createPerson", Line: 30,
				Message:  "element 'gender': the value 'x' is not one of 'Male', 'Female'.",
				Response: evidence + "/03-createPerson.response.xml", Excerpt: []reports.ExcerptLine{{Number: 29, Text: "<demographics>"}, {Number: 30, Text: "<gender>x</gender>", Marked: true}}},
			{Weight: reports.Trouble, Message: "the connection was reset, and the probe was refused", Step: 2, Operation: "readPerson"},
		},
		Observations: []reports.Observation{{Requirement: "PER-READ-07", Step: 2, Path: "pmess:person/pdata:name", Reading: "the name is kept", Value: "Petra"}},
		Steps: []reports.Step{
			{Number: reports.GivenStep, Operation: "createPerson", Given: "Child1", Status: 200, StartUS: 200, DurationUS: 8000},
			{Number: 1, Operation: "createPerson", Status: 200, StartUS: 9000, DurationUS: 21000, Request: evidence + "/03-createPerson.request.xml", Response: evidence + "/03-createPerson.response.xml"},
			{Number: 2, Operation: "readPerson", Attempt: 1, Page: 2, Fault: "the connection was reset", StartUS: 31000, DurationUS: 9500},
			{Number: reports.ProbeStep, Operation: "readPerson", Status: 200, StartUS: 40500, DurationUS: 900},
		},
	}
}

// sample is a report that uses every part of the model.
func sample() reports.Report {
	of := func(id string, v reports.Verdict, reason string) reports.Result {
		return reports.Result{ID: id, Scenario: id, Area: "imses/group", Title: "Case " + id, Verdict: v, Reason: reason, Labels: []string{"groups"}, Operations: []string{"createGroup"}, DurationMS: 1234}
	}
	warned, known := of("imses/group/warned", reports.Warned, ""), of("imses/group/known", reports.KnownFailure, "reported to the vendor")
	warned.Findings, warned.Proves = failed().Findings[:1], []string{"GEN-04"}
	known.Known = &reports.Known{Entry: "imses/group/*", Place: "known.yaml:3", Requirement: "GRP-01", Message: "differs", Owner: "The team", Reason: "Waits for release 5",
		Link: "https://example.org/issues/7", Expires: "2027-01-31"}
	at := time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)
	return reports.Summarise(reports.Report{
		SchemaVersion: reports.SchemaVersion, RunID: "run-1", Interrupted: true, Profile: "example", SuiteVersion: "1.0", Engine: "libxml2", Strict: true, MaxDepth: 256, Challenge: "certifier 42",
		Target: reports.Target{URL: "https://example.org", Product: "Example School", Version: "5.2", Vendor: "Example Ltd", Username: "tester", Sites: []string{"main"},
			States: map[string]string{"parentPortal": "enabled"}, TLSUnverified: true, Features: []string{"relationships"}},
		StartedAt: at, FinishedAt: at.Add(95 * time.Second),
		Selection: reports.Selection{Only: []string{"imses/**"}, Labels: "relationships", RerunFailed: true, ReadOnly: true, Seed: 7, Volume: 10, Repeat: 2, Shard: &reports.Shard{Index: 1, Of: 3}},
		Library:   reports.Library{Scenarios: 400, Cases: 600, SelectedScenarios: 9, SelectedCases: 9},
		Requirements: []reports.Requirement{
			{ID: "REL-07", Area: "relationships", Level: "must", Statement: "The text about an unknown child names the id that was sent.", Source: "Creating parent/child relationships", Confidence: "sample", Class: "verified", VerifiedBy: []string{failedID}},
			{ID: "GEN-04", Area: "transport", Level: "should", Statement: "The media type is text/xml.", Source: "wire", Confidence: "doc", Class: "verified"},
			{ID: "GRP-01", Area: "group", Level: "must", Statement: "A group is stored.", Source: "createGroup", Confidence: "doc", Class: "verified",
				VerifiedBy: []string{"imses/group/error", "imses/group/known", "imses/group/passed", "imses/group/warned"}},
			{ID: "CRS-10", Area: "courses", Level: "must", Statement: "A course has the same syncID as its hierarchy.", Source: "Courses", Confidence: "inferred", Class: "untestable", Reason: "not-observable-on-the-wire"},
			{ID: "PER-READ-07", Area: "person", Level: "may", Statement: "The name is kept.", Source: "readPerson", Confidence: "client", Class: "observed"},
			{ID: "CLI-01", Area: "clients", Level: "must", Statement: "A client waits.", Source: "Clients", Confidence: "standard", Class: "client"},
		},
		Scenarios: []reports.Result{failed(), warned, known, of("imses/group/passed", reports.Passed, ""),
			of("imses/group/skipped", reports.Skipped, "needs parentPortal: disabled; run it with --state parentPortal=disabled"),
			of("imses/group/blocked", reports.NotRun, "blocked by GRP-01"), of("imses/group/error", reports.Error, "the endpoint could not be reached"),
			of("imses/group/unexpected", reports.UnexpectedPass, "listed as a known failure"), of("vendor-own", reports.Passed, "")},
		Certification: certified(), Residue: []string{"one course, which cannot be deleted"},
		Baseline: &reports.Comparison{Report: "old/report.json", Worse: []reports.Change{{ID: failedID, From: reports.Passed, To: reports.Failed, New: []string{"REL-07"}}},
			Better: []reports.Change{{ID: "imses/group/passed", From: reports.Failed, To: reports.Passed}}, Appeared: []string{"imses/group/known"},
			Vanished: []string{"imses/group/gone"}, LostCoverage: []string{"CRS-10"}},
	})
}

func certified() *reports.Certification {
	return &reports.Certification{Profile: "imses-person", Title: "Persons", Verdict: reports.NotConformant, Reason: "not conformant: 1 of 3 core requirements is broken",
		Core: reports.Tally{Held: 1, Broken: []string{"REL-07"}, Warned: []string{"GEN-04"}, NotTested: []string{}, Total: 3},
		Features: []reports.FeatureResult{{Name: "courses", Tally: reports.Tally{NotTested: []string{"CRS-10"}, Total: 1}},
			{Name: "relationships", Claimed: true, Verdict: reports.Conformant, Tally: reports.Tally{Held: 2, Total: 2}}}}
}

// large is a report of that many cases like those of the suite: some forty
// requirements proved and four exchanges each, and one in twenty failed.
func large(cases int) reports.Report {
	report := sample()
	bad, proves := failed(), []string{}
	report.Requirements = nil
	for i := range 420 {
		id := fmt.Sprintf("REQ-%03d", i)
		report.Requirements = append(report.Requirements, reports.Requirement{ID: id, Area: fmt.Sprintf("area %d", i/30), Level: "must", Class: "verified", Confidence: "doc",
			Statement: "A statement of the usual length, which says what the endpoint has to do and what it answers then.", Source: "A page of the documentation"})
		if i < 30 {
			proves = append(proves, id)
		}
	}
	report.Scenarios = make([]reports.Result, cases)
	for i := range report.Scenarios {
		id := fmt.Sprintf("imses/area-%d/story-%d/case-%d", i%8, i/20, i)
		own := &report.Requirements[30+i%390]
		own.VerifiedBy = append(own.VerifiedBy, id)
		r := reports.Result{ID: id, Scenario: id, Area: fmt.Sprintf("imses/area-%d", i%8), Verdict: reports.Passed, Core: true, Site: "main",
			Title: fmt.Sprintf("Story %d shows that what was sent is stored and read back as it was", i), Source: bad.Source, Labels: []string{"documented", fmt.Sprintf("label-%d", i%12)},
			Operations: bad.Operations, Proves: append([]string{own.ID}, proves...), Steps: bad.Steps, DurationMS: int64(i % 90), Reproduce: "esconform run --sandbox --only " + id}
		if i%20 == 7 {
			r.Verdict, r.Findings, r.Evidence = reports.Failed, bad.Findings, bad.Evidence
		}
		report.Scenarios[i] = r
	}
	return reports.Summarise(report)
}
