package judge

import (
	"strings"

	"esconform/reports"
	"esconform/runner/scenario"
)

// headerCases break the status header.
func headerCases() []universalCase {
	warned := answerOf(warning, created)
	return []universalCase{
		{name: "another message identifier", from: "<h:messageIdentifier>m-1<", to: "<h:messageIdentifier>m-2<", id: "HDR-01",
			want: reports.Finding{Path: infoPath + "/bind:messageIdentifier", Line: 4, Message: "messageIdentifier is 'm-2', but 'm-1' was sent.",
				Wanted: "m-1", Got: "m-2", Diff: diffLines("m-1", "m-2")}},
		{name: "no message identifier", from: "<h:messageIdentifier>m-1</h:messageIdentifier>", to: "", id: "HDR-01",
			want: reports.Finding{Path: infoPath, Line: 3, Message: "The status header has no messageIdentifier; 'm-1' was sent.", Wanted: "m-1", Diff: diffLines("m-1", "")[:1]}},
		{name: "another reference", from: "<messageIdRef>m-1<", to: "<messageIdRef>1<", id: "HDR-02",
			want: reports.Finding{Path: statusPath + "/bind:messageIdRef", Line: 5, Message: "messageIdRef is '1', but 'm-1' was sent.",
				Wanted: "m-1", Got: "1", Diff: diffLines("m-1", "1")}},
		{name: "no reference", from: "<messageIdRef>m-1</messageIdRef>", to: "", id: "HDR-02",
			want: reports.Finding{Path: statusPath, Line: 5, Message: "A statusInfo has no messageIdRef; 'm-1' was sent.", Wanted: "m-1", Diff: diffLines("m-1", "")[:1]}},
		{name: "namespace of severity", from: "<severity>", to: `<severity xmlns="` + common + `">`, id: "HDR-06",
			want: reports.Finding{Path: statusPath + "/common:severity", Line: 5, Message: "Severity of the status header is not in the namespace " + bind + ".",
				Wanted: bind, Got: common, Diff: diffLines(bind, common)}},
		{name: "namespace of text", answer: warned, from: `<text xmlns="` + common + `">`, to: "<text>", id: "HDR-07",
			want: reports.Finding{Path: statusPath + "/bind:description/bind:text", Line: 5, Message: "Text of the status header is not in the namespace " + common + ".",
				Wanted: common, Got: bind, Diff: diffLines(common, bind)}},
		{name: "both containers", from: success, to: success + set(success), id: "HDR-08",
			want: reports.Finding{Path: infoPath, Line: 3, Message: "The status header holds 2 status containers instead of exactly one statusInfo or statusInfoSet."}},
		{name: "both containers where a status is due", from: success, to: set(failure) + success, id: "HDR-08",
			expect: []scenario.Expectation{{Status: &scenario.Status{CodeMajor: "success"}}},
			want:   reports.Finding{Path: infoPath, Line: 3, Message: "The status header holds 2 status containers instead of exactly one statusInfo or statusInfoSet."}},
		{name: "no container", from: success, to: "", id: "HDR-08",
			want: reports.Finding{Path: infoPath, Line: 3, Message: "The status header holds 0 status containers instead of exactly one statusInfo or statusInfoSet."}},
	}
}

// statusCases break a status.
func statusCases() []universalCase {
	warned := answerOf(warning, created)
	return []universalCase{
		{name: "unknown codeMajor", from: ">success<", to: ">Success<", id: "STA-01",
			want: reports.Finding{Path: statusPath + "/bind:codeMajor", Line: 5, Message: "codeMajor is 'Success', which is none of success, unsupported, failure, processing.",
				Wanted: "one of success, unsupported, failure, processing", Got: "Success", Diff: diffLines("one of success, unsupported, failure, processing", "Success")}},
		{name: "no codeMajor", from: "<codeMajor>success</codeMajor>", to: "", id: "STA-01",
			want: reports.Finding{Path: statusPath, Line: 5, Message: "A statusInfo has no codeMajor."}},
		{name: "unknown severity", from: ">status<", to: ">fine<", id: "STA-02",
			want: reports.Finding{Path: statusPath + "/bind:severity", Line: 5, Message: "Severity is 'fine', which is none of status, warning, error.",
				Wanted: "one of status, warning, error", Got: "fine", Diff: diffLines("one of status, warning, error", "fine")}},
		{name: "unknown severity of a failure", answer: answerOf(failure, created), from: ">error<", to: ">Error<", id: "STA-02",
			want: reports.Finding{Path: statusPath + "/bind:severity", Line: 5, Message: "Severity is 'Error', which is none of status, warning, error.",
				Wanted: "one of status, warning, error", Got: "Error", Diff: diffLines("one of status, warning, error", "Error")}},
		{name: "plain success with a description", answer: warned, from: ">warning<", to: ">status<", id: "STA-03",
			want: reports.Finding{Path: statusPath + "/bind:codeMinor", Line: 5, Message: "A plain success (success, status) carries a codeMinor."}},
		{name: "warning without remark", from: ">status<", to: ">warning<", id: "STA-04",
			want: reports.Finding{Path: statusPath, Line: 5, Message: "A success with a warning has no codeMinor."}},
		{name: "warning without description", answer: warned, from: "<description>" + between(warned, "<description>", "</description>") + "</description>", to: "", id: "STA-04",
			want: reports.Finding{Path: statusPath, Line: 5, Message: "A success with a warning has no description."}},
		{name: "failure with another severity", answer: answerOf(failure, created), from: ">error<", to: ">warning<", id: "STA-05",
			want: reports.Finding{Path: statusPath + "/bind:severity", Line: 5, Message: "A failure comes with severity 'warning' instead of error.",
				Wanted: "error", Got: "warning", Diff: diffLines("error", "warning")}},
		{name: "failure with an empty text", answer: answerOf(failure, created), from: ">unknown<", to: "> <", id: "STA-05",
			want: reports.Finding{Path: statusPath, Line: 5, Message: "A failure has no description text."}},
		{name: "minor field without value", answer: warned, from: "<codeMinorValue>unknownobjinsertinstead</codeMinorValue>", to: "", id: "STA-06",
			want: reports.Finding{Path: statusPath + "/bind:codeMinor/bind:codeMinorField", Line: 5, Message: "A codeMinorField has no codeMinorValue."}},
		{name: "language", answer: warned, from: ">en-US<", to: ">en-GB<", id: "STA-07",
			want: reports.Finding{Path: statusPath + "/bind:description/common:language", Line: 5, Message: "The language of a description is 'en-GB' instead of en-US.",
				Wanted: "en-US", Got: "en-GB", Diff: diffLines("en-US", "en-GB")}},
		{name: "order", from: "<codeMajor>success</codeMajor><severity>status</severity>", to: "<severity>status</severity><codeMajor>success</codeMajor>", id: "STA-08",
			want: reports.Finding{Path: statusPath + "/bind:codeMajor", Line: 5, Message: "In a statusInfo codeMajor stands after severity."}},
	}
}

// containerCases put statuses where they do not belong.
func containerCases() []universalCase {
	createdMany := strings.ReplaceAll(created, "createPerson", "createPersons")
	return []universalCase{
		{name: "set for a single operation", from: success, to: set(success), id: "STA-09",
			want: reports.Finding{Path: infoPath + "/bind:statusInfoSet", Line: 5, Message: "createPerson answers with statusInfoSet instead of statusInfo.",
				Wanted: "statusInfo", Got: "statusInfoSet", Diff: diffLines("statusInfo", "statusInfoSet")}},
		{name: "single status for a plural operation", operation: "createPersons", answer: answerOf(success, createdMany), edit: sent(1), id: "STA-10",
			want: reports.Finding{Path: statusPath, Line: 5, Message: "createPersons answers with statusInfo instead of statusInfoSet.",
				Wanted: "statusInfoSet", Got: "statusInfo", Diff: diffLines("statusInfoSet", "statusInfo")}},
		{name: "a status is missing", operation: "createPersons", answer: answerOf(set(success, success), createdMany), edit: sent(3), id: "STA-10",
			want: reports.Finding{Path: infoPath + "/bind:statusInfoSet", Line: 5, Message: "The statusInfoSet holds 2 statuses, but 3 items were sent.",
				Wanted: "3", Got: "2", Diff: diffLines("3", "2")}},
		{name: "set of two for a group read", operation: "readPersonsForGroup", answer: answerOf(set(success, success), strings.ReplaceAll(person, "readPerson", "readPersonsForGroup")), id: "STA-13",
			want: reports.Finding{Path: infoPath + "/bind:statusInfoSet", Line: 5, Message: "The statusInfoSet holds 2 statuses, but readPersonsForGroup answers with one.",
				Wanted: "1", Got: "2", Diff: diffLines("1", "2")}},
		{name: "set for readAllPersons", operation: "readAllPersons", answer: answerOf(set(success), strings.ReplaceAll(person, "readPerson", "readAllPersons")), id: "STA-14",
			want: reports.Finding{Path: infoPath + "/bind:statusInfoSet", Line: 5, Message: "readAllPersons answers with statusInfoSet instead of statusInfo.",
				Wanted: "statusInfo", Got: "statusInfoSet", Diff: diffLines("statusInfo", "statusInfoSet")}},
	}
}
