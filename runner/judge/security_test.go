package judge

import (
	"esconform/reports"
	"esconform/runner/evidence"
	"esconform/xsd/validate"
)

// securityCases break the Security header.
func securityCases() []universalCase {
	return []universalCase{
		{name: "security that need not be understood", from: ` s:mustUnderstand="1"`, to: "", id: "SEC-12",
			want: reports.Finding{Path: "/soap:Envelope/soap:Header/wsse:Security", Line: 7, Message: "The Security header has mustUnderstand '' instead of '1'.",
				Wanted: "1", Diff: diffLines("1", "")}},
		{name: "id of the timestamp", from: `u:Id="_0"`, to: `u:Id="_1"`, id: "SEC-12",
			want: reports.Finding{Path: stampPath, Line: 7, Message: "The Timestamp has wsu:Id '_1' instead of '_0'.", Wanted: "_0", Got: "_1", Diff: diffLines("_0", "_1")}},
		{name: "no timestamp", from: "<u:Timestamp" + between(neck, "<u:Timestamp", "</u:Timestamp>") + "</u:Timestamp>", to: "", id: "SEC-12",
			want: reports.Finding{Path: "/soap:Envelope/soap:Header/wsse:Security", Line: 7, Message: "The Security header has no Timestamp."}},
		{name: "timestamp without milliseconds", from: "09.653Z</u:Created>", to: "09Z</u:Created>", id: "SEC-13",
			want: reports.Finding{Path: stampPath + "/wsu:Created", Line: 7, Message: "Created is '2011-02-02T14:23:09Z', not UTC with milliseconds and Z.",
				Wanted: "UTC with milliseconds and Z", Got: "2011-02-02T14:23:09Z", Diff: diffLines("UTC with milliseconds and Z", "2011-02-02T14:23:09Z")}},
		{name: "timestamp of an hour", from: "14:28:09", to: "15:23:09", id: "SEC-13",
			want: reports.Finding{Path: stampPath, Line: 7, Message: "The Timestamp expires 1h0m0s after it was created instead of 5 minutes.",
				Wanted: "5m0s", Got: "1h0m0s", Diff: diffLines("5m0s", "1h0m0s")}},
		{name: "timestamp without end", from: "<u:Expires>2011-02-02T14:28:09.653Z</u:Expires>", to: "", id: "SEC-13",
			want: reports.Finding{Path: stampPath, Line: 7, Message: "The Timestamp has no Expires."}},
		{name: "timestamp that ends first", from: "14:28:09", to: "14:18:09", id: "STD-WSS-1",
			want: reports.Finding{Path: stampPath, Line: 7, Message: "The Timestamp is created at 2011-02-02T14:23:09.653Z and expires at 2011-02-02T14:18:09.653Z.",
				Wanted: "Created before Expires", Got: "2011-02-02T14:23:09.653Z, 2011-02-02T14:18:09.653Z",
				Diff: diffLines("Created before Expires", "2011-02-02T14:23:09.653Z, 2011-02-02T14:18:09.653Z")}},
		{name: "two timestamps", from: "</o:Security>", to: "<u:Timestamp/></o:Security>", id: "STD-WSS-1",
			want: reports.Finding{Path: stampPath + "[2]", Line: 7, Message: "A Security header holds 2 Timestamps."}},
	}
}

// schemaCases break the schema.
func schemaCases() []universalCase {
	return []universalCase{
		{name: "schema", id: "STA-21", validator: fakeValidator{violations: []validate.Violation{
			{Node: 5, Line: 5, Code: validate.CodeEnumeration, Message: "codeMajor: 'x' is not in the enumeration."}, {Node: 6, Code: validate.CodeMissing, Message: "missing"}}},
			want: reports.Finding{Path: statusPath + "/bind:codeMajor", Line: 5, Message: "The answer breaks the schema: codeMajor: 'x' is not in the enumeration (and 1 violation more)."}},
		{name: "schema, cut", id: "STA-21", validator: fakeValidator{violations: []validate.Violation{
			{Node: -1, Line: 7, Code: validate.CodeSchema, Message: "broken"}, {Node: -1, Code: validate.CodeTruncated, Message: "more"}}},
			want: reports.Finding{Line: 7, Message: "The answer breaks the schema: broken (and more violations than were counted)."}},
		{name: "schema of what was cut", edit: func(e *evidence.Exchange) {
			e.Strangers = 2
			e.RawViolations = []evidence.Violation{{Node: 7, Line: 40, Code: "missing"}, {Node: 9, Line: 44, Code: "value"}}
		}, id: "STA-21", want: reports.Finding{Message: "The answer, before other people's items were cut from it, breaks the schema in 2 places, first in line 40 (missing)."}},
	}
}
