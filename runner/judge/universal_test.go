package judge

import (
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"esconform/reports"
	"esconform/runner/evidence"
	"esconform/runner/scenario"
	"esconform/runner/wire"
	"esconform/xsd/validate"
)

// universalCase is a right answer with one minimal change.
type universalCase struct {
	name      string
	operation string // createPerson unless given
	answer    string // the right answer; that of createPerson unless given
	from, to  string // the change
	edit      func(*evidence.Exchange)
	validator fakeValidator
	expect    []scenario.Expectation // fine unless given
	id        string
	want      reports.Finding
}

const (
	bind   = "http://www.imsglobal.org/services/common/imsMessBindSchema_v1p0"
	common = "http://www.imsglobal.org/services/common/imsCommonSchema_v1p0"
	mess   = "http://www.imsglobal.org/services/pms/xsd/imsPersonManMessSchema_v1p0"

	infoPath   = "/soap:Envelope/soap:Header/bind:syncResponseHeaderInfo"
	statusPath = infoPath + "/bind:statusInfo"
	bodyPath   = "/soap:Envelope/soap:Body"
	stampPath  = "/soap:Envelope/soap:Header/wsse:Security/wsu:Timestamp"
)

func httpStatus(n int) func(*evidence.Exchange) {
	return func(e *evidence.Exchange) { e.Status = n }
}

func contentType(s string) func(*evidence.Exchange) {
	return func(e *evidence.Exchange) { e.ResponseHeader = http.Header{"Content-Type": {s}} }
}

func transportFault(kind evidence.FaultKind) func(*evidence.Exchange) {
	return func(e *evidence.Exchange) {
		e.Status, e.Response = 0, nil
		e.Transport = &evidence.TransportFault{Kind: kind, Message: "something broke", Probed: true, ProbeOK: true}
	}
}

func universalCases() []universalCase {
	faultExpected := []scenario.Expectation{{Fault: &scenario.Fault{}}}
	warned := answerOf(warning, created)
	request := func(items int) func(*evidence.Exchange) {
		pair := "<m:personIdPair/>"
		return func(e *evidence.Exchange) {
			e.Request = []byte(`<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body><m:createPersonsRequest xmlns:m="` + mess +
				`"><m:personIdPairSet>` + strings.Repeat(pair, items) + `</m:personIdPairSet></m:createPersonsRequest></s:Body></s:Envelope>`)
		}
	}
	createdMany := strings.ReplaceAll(created, "createPerson", "createPersons")
	return []universalCase{
		{name: "reset", edit: transportFault(evidence.FaultReset), id: "STD-HTTP-1",
			want: reports.Finding{Message: "The answer did not come completely (reset: something broke), but a probe directly afterwards was answered."}},
		{name: "timeout", edit: transportFault(evidence.FaultTimeout), id: "STD-HTTP-1",
			want: reports.Finding{Message: "The answer did not come completely (timeout: something broke), but a probe directly afterwards was answered."}},
		{name: "not HTTP", edit: transportFault(evidence.FaultProtocol), id: "STD-HTTP-1",
			want: reports.Finding{Message: "The answer did not come completely (http: something broke), but a probe directly afterwards was answered."}},
		{name: "content coding", edit: transportFault(evidence.FaultEncoding), id: "STD-HTTP-2",
			want: reports.Finding{Message: "The content of the answer cannot be taken (encoding: something broke)."}},
		{name: "shorter than declared", edit: func(e *evidence.Exchange) {
			transportFault(evidence.FaultReset)(e)
			e.Status, e.ResponseHeader = 200, http.Header{"Content-Type": {"text/xml"}, "Content-Length": {"1634"}}
		}, id: "STD-HTTP-2", want: reports.Finding{Message: "The answer declares 1634 bytes, but ends before (reset: something broke)."}},
		{name: "cut off without a declared length", edit: func(e *evidence.Exchange) {
			transportFault(evidence.FaultReset)(e)
			e.Status = 200
		}, id: "STD-HTTP-1", want: reports.Finding{Message: "The answer did not come completely (reset: something broke), but a probe directly afterwards was answered."}},
		{name: "too large", edit: transportFault(evidence.FaultTooLarge), id: "STD-HTTP-2",
			want: reports.Finding{Message: "The content of the answer cannot be taken (too-large: something broke)."}},
		{name: "redirect", edit: transportFault(evidence.FaultRedirected), id: "STD-SOAP-1",
			want: reports.Finding{Message: "The endpoint redirects instead of answering: something broke."}},

		{name: "not well-formed", from: "</s:Body>", to: "</s:body>", id: "STD-XML-1", want: reports.Finding{Line: 9,
			Message: `The answer (HTTP status 200, text/xml) is not well-formed XML: line 9, column 110: the end tag "s:body" does not match the start tag "s:Body" of line 9.`}},
		{name: "html", answer: "<html><body><br></body></html>", edit: func(e *evidence.Exchange) { e.Status = 503; contentType("text/html")(e) }, id: "STD-XML-1",
			want: reports.Finding{Line: 1, Message: `The answer (HTTP status 503, text/html) is not well-formed XML: line 1, column 17: the end tag "body" does not match the start tag "br" of line 1.`}},
		{name: "empty", answer: " ", id: "STD-XML-1",
			want: reports.Finding{Line: 1, Message: "The answer (HTTP status 200, text/xml) is not well-formed XML: line 1, column 2: the document has no root element."}},
		{name: "too deep", answer: strings.Repeat("<a>", 100_000), id: "STD-XML-1",
			want: reports.Finding{Line: 1, Message: "The answer (HTTP status 200, text/xml) cannot be read as XML within the limits: line 1, column 769: elements are nested deeper than 256."}},
		{name: "undeclared prefix", from: "<createPersonResponse", to: "<x:createPersonResponse", id: "STD-XML-2", want: reports.Finding{Line: 9,
			Message: `The answer (HTTP status 200, text/xml) is not namespace-well-formed: line 9, column 9: the prefix of the element "x:createPersonResponse" is not declared.`}},
		{name: "wrong encoding", from: "success", to: "succ\xe9s", id: "STD-XML-3", want: reports.Finding{Line: 5,
			Message: "The answer (HTTP status 200, text/xml) is not in the encoding that it declares: line 5, column 28: byte 0xE9 does not continue UTF-8."}},
		{name: "charset against the byte order mark", from: "<s:Envelope", to: "\uFEFF<s:Envelope", edit: contentType("text/xml; charset=iso-8859-1"), id: "STD-XML-3",
			want: reports.Finding{Path: "/soap:Envelope", Line: 1,
				Message: `The bytes are not in the declared encoding: the HTTP header says "iso-8859-1", but the bytes begin with the byte order mark of utf-8.`}},
		{name: "not well-formed where a fault is due", from: "</s:Body>", to: "", expect: faultExpected, id: "STD-XML-1", want: reports.Finding{Line: 10,
			Message: `The answer (HTTP status 200, text/xml) is not well-formed XML: line 10, column 1: the end tag "s:Envelope" does not match the start tag "s:Body" of line 9.`}},
		{name: "doctype", from: "<s:Envelope", to: `<!DOCTYPE a [<!ENTITY e SYSTEM "file:///etc/passwd">]><s:Envelope`, id: "STD-SOAP-2", want: reports.Finding{Line: 1,
			Message: "The answer (HTTP status 200, text/xml) holds a document type declaration: line 1, column 1: the document holds a document type declaration."}},

		{name: "another root", answer: "<html/>", id: "STD-SOAP-1", want: reports.Finding{Path: "/html", Line: 1,
			Message: "The answer (HTTP status 200, text/xml) is not a SOAP envelope: its root is html."}},
		{name: "two bodies", from: "</s:Body>", to: "</s:Body><s:Body/>", id: "STD-SOAP-1", want: reports.Finding{Path: bodyPath + "[2]", Line: 9,
			Message: "The Envelope holds a second Body."}},
		{name: "no body", answer: `<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"/>`, id: "STD-SOAP-1", want: reports.Finding{Path: "/soap:Envelope", Line: 1,
			Message: "The Envelope holds no Body."}},
		{name: "header after the body", answer: headerLast(), id: "STD-SOAP-1", want: reports.Finding{Path: "/soap:Envelope/soap:Header", Line: 3,
			Message: "The Envelope may hold one Header, before the Body."}},
		{name: "something before the body", from: "<s:Body>", to: "<u:x/><s:Body>", id: "STD-SOAP-1", want: reports.Finding{Path: "/soap:Envelope/wsu:x", Line: 9,
			Message: "The Envelope holds wsu:x, which is neither Header nor Body."}},
		{name: "SOAP 1.2", from: "http://schemas.xmlsoap.org/soap/envelope/", to: wire.NSSOAP12, id: "GEN-02", want: reports.Finding{Path: "/soap12:Envelope", Line: 1,
			Message: "The envelope is not in the namespace of SOAP 1.1.", Wanted: wire.NSSOAP, Got: wire.NSSOAP12, Diff: diffLines(wire.NSSOAP, wire.NSSOAP12)}},
		{name: "two elements in the body", from: "</s:Body>", to: "<x/></s:Body>", id: "GEN-03", want: reports.Finding{Path: bodyPath, Line: 9,
			Message: "The Body holds 2 elements instead of exactly one.", Wanted: "1", Got: "2", Diff: diffLines("1", "2")}},
		{name: "nothing in the body", from: created, to: "", id: "GEN-03", want: reports.Finding{Path: bodyPath, Line: 9,
			Message: "The Body holds 0 elements instead of exactly one.", Wanted: "1", Got: "0", Diff: diffLines("1", "0")}},
		{name: "media type", edit: contentType("application/soap+xml; charset=utf-8"), id: "GEN-04", want: reports.Finding{
			Message: "The media type of the answer is 'application/soap+xml' instead of text/xml.",
			Wanted:  "text/xml", Got: "application/soap+xml", Diff: diffLines("text/xml", "application/soap+xml")}},
		{name: "no status header", answer: strings.Replace(fault, fault[strings.Index(fault, "<s:Fault"):strings.Index(fault, "</s:Body")], created, 1), id: "GEN-13",
			want: reports.Finding{Path: bodyPath + "/pmess:createPersonResponse", Line: 1, Message: "The answer has neither a Fault nor a status header (bind:syncResponseHeaderInfo)."}},
		{name: "fault with a status header", answer: answerOf(success, `<s:Fault><faultcode>s:Client</faultcode><faultstring>no</faultstring></s:Fault>`),
			edit: httpStatus(500), expect: faultExpected, id: "GEN-13",
			want: reports.Finding{Path: bodyPath + "/soap:Fault", Line: 9, Message: "The answer has both a Fault and a status header."}},
		{name: "fault with HTTP 200", answer: fault, expect: faultExpected, id: "STD-SOAP-3", want: reports.Finding{Path: bodyPath + "/soap:Fault", Line: 1,
			Message: "A Fault came with HTTP status 200 instead of 500.", Wanted: "500", Got: "200", Diff: diffLines("500", "200")}},
		{name: "fault without code", answer: fault, from: `<faultcode xmlns:a="urn:a">a:InvalidSecurity</faultcode>`, to: "", edit: httpStatus(500), expect: faultExpected,
			id: "STD-SOAP-4", want: reports.Finding{Path: bodyPath + "/soap:Fault", Line: 1, Message: "The Fault has no faultcode."}},
		{name: "fault without string", answer: fault, from: `<faultstring xml:lang="en-US">not allowed</faultstring>`, to: "", edit: httpStatus(500), expect: faultExpected,
			id: "STD-SOAP-4", want: reports.Finding{Path: bodyPath + "/soap:Fault", Line: 1, Message: "The Fault has no faultstring."}},
		{name: "fault with a qualified code element", answer: fault, from: `<faultcode xmlns:a="urn:a">a:InvalidSecurity</faultcode>`, to: `<s:faultcode>s:Client</s:faultcode>`,
			edit: httpStatus(500), expect: faultExpected, id: "STD-SOAP-4", want: reports.Finding{Path: bodyPath + "/soap:Fault/soap:faultcode", Line: 1,
				Message: "The Fault's faultcode is in a namespace (http://schemas.xmlsoap.org/soap/envelope/)."}},
		{name: "fault with an undeclared code", answer: fault, from: `a:InvalidSecurity`, to: `b:InvalidSecurity`, edit: httpStatus(500), expect: faultExpected,
			id: "STD-SOAP-4", want: reports.Finding{Path: bodyPath + "/soap:Fault/faultcode", Line: 1, Message: "The prefix of the faultcode 'b:InvalidSecurity' is not declared.",
				Wanted: "a qualified name", Got: "b:InvalidSecurity", Diff: diffLines("a qualified name", "b:InvalidSecurity")}},
		{name: "fault with a code that is no name", answer: fault, from: `a:InvalidSecurity`, to: `not a name`, edit: httpStatus(500), expect: faultExpected,
			id: "STD-SOAP-4", want: reports.Finding{Path: bodyPath + "/soap:Fault/faultcode", Line: 1, Message: "The faultcode 'not a name' is not a qualified name.",
				Wanted: "a qualified name", Got: "not a name", Diff: diffLines("a qualified name", "not a name")}},

		{name: "write with content", from: created, to: strings.Replace(created, "/>", "><x/></createPersonResponse>", 1), id: "STA-20",
			want: reports.Finding{Path: bodyPath + "/pmess:createPersonResponse/pmess:x", Line: 9, Message: "The response element is not empty: it holds pmess:x."}},
		{name: "write with text", from: created, to: strings.Replace(created, "/>", ">ok</createPersonResponse>", 1), id: "STA-20",
			want: reports.Finding{Path: bodyPath + "/pmess:createPersonResponse", Line: 9, Message: "The response element is not empty: it holds text.",
				Got: "ok", Diff: diffLines("", "ok")}},
		{name: "write with another response", from: created, to: strings.Replace(created, "create", "update", 1), id: "STA-20",
			want: reports.Finding{Path: bodyPath + "/pmess:updatePersonResponse", Line: 9, Message: "The Body holds 'pmess:updatePersonResponse' instead of pmess:createPersonResponse.",
				Wanted: "pmess:createPersonResponse", Got: "pmess:updatePersonResponse", Diff: diffLines("pmess:createPersonResponse", "pmess:updatePersonResponse")}},
		{name: "password in a read", operation: "readPerson", answer: answerOf(success, person), from: "anna-0badcafe</userIdValue>",
			to: `anna-0badcafe</userIdValue><passWord xmlns="` + common + `">secret</passWord>`, id: "PER-OBJ-27",
			want: reports.Finding{Path: bodyPath + "/pmess:readPersonResponse/pmess:person/pdata:userId/common:passWord", Line: 12, Message: "The answer of a read holds a password element."}},

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
		{name: "set for a single operation", from: success, to: set(success), id: "STA-09",
			want: reports.Finding{Path: infoPath + "/bind:statusInfoSet", Line: 5, Message: "createPerson answers with statusInfoSet instead of statusInfo.",
				Wanted: "statusInfo", Got: "statusInfoSet", Diff: diffLines("statusInfo", "statusInfoSet")}},
		{name: "single status for a plural operation", operation: "createPersons", answer: answerOf(success, createdMany), edit: request(1), id: "STA-10",
			want: reports.Finding{Path: statusPath, Line: 5, Message: "createPersons answers with statusInfo instead of statusInfoSet.",
				Wanted: "statusInfoSet", Got: "statusInfo", Diff: diffLines("statusInfoSet", "statusInfo")}},
		{name: "a status is missing", operation: "createPersons", answer: answerOf(set(success, success), createdMany), edit: request(3), id: "STA-10",
			want: reports.Finding{Path: infoPath + "/bind:statusInfoSet", Line: 5, Message: "The statusInfoSet holds 2 statuses, but 3 items were sent.",
				Wanted: "3", Got: "2", Diff: diffLines("3", "2")}},
		{name: "set of two for a group read", operation: "readPersonsForGroup", answer: answerOf(set(success, success), strings.ReplaceAll(person, "readPerson", "readPersonsForGroup")), id: "STA-13",
			want: reports.Finding{Path: infoPath + "/bind:statusInfoSet", Line: 5, Message: "The statusInfoSet holds 2 statuses, but readPersonsForGroup answers with one.",
				Wanted: "1", Got: "2", Diff: diffLines("1", "2")}},
		{name: "set for readAllPersons", operation: "readAllPersons", answer: answerOf(set(success), strings.ReplaceAll(person, "readPerson", "readAllPersons")), id: "STA-14",
			want: reports.Finding{Path: infoPath + "/bind:statusInfoSet", Line: 5, Message: "readAllPersons answers with statusInfoSet instead of statusInfo.",
				Wanted: "statusInfo", Got: "statusInfoSet", Diff: diffLines("statusInfo", "statusInfoSet")}},

		{name: "schema", id: "STA-21", validator: fakeValidator{violations: []validate.Violation{
			{Node: 5, Line: 5, Code: validate.CodeEnumeration, Message: "codeMajor: 'x' is not in the enumeration."}, {Node: 6, Code: validate.CodeMissing, Message: "missing"}}},
			want: reports.Finding{Path: statusPath + "/bind:codeMajor", Line: 5, Message: "The answer breaks the schema: codeMajor: 'x' is not in the enumeration (and 1 violation more)."}},
		{name: "schema, cut", id: "STA-21", validator: fakeValidator{violations: []validate.Violation{
			{Node: -1, Line: 7, Code: validate.CodeSchema, Message: "broken"}, {Node: -1, Code: validate.CodeTruncated, Message: "more"}}},
			want: reports.Finding{Line: 7, Message: "The answer breaks the schema: broken (and more violations than were counted)."}},
		{name: "not recorded", operation: "readAllPersons", edit: func(e *evidence.Exchange) {
			e.Response, e.RawViolations = nil, []evidence.Violation{{Node: -1, Line: 3, Code: "not-well-formed"}}
		}, id: "STD-XML-1", want: reports.Finding{
			Message: "The answer (HTTP status 200, text/xml) cannot be read (not-well-formed); it was not recorded, because it may hold other people's data."}},
		{name: "doctype, not recorded", operation: "readAllPersons", edit: func(e *evidence.Exchange) {
			e.Response, e.RawViolations = nil, []evidence.Violation{{Node: -1, Line: 3, Code: "doctype"}}
		}, id: "STD-SOAP-2", want: reports.Finding{
			Message: "The answer (HTTP status 200, text/xml) cannot be read (doctype); it was not recorded, because it may hold other people's data."}},
		{name: "schema of what was cut", edit: func(e *evidence.Exchange) {
			e.Strangers = 2
			e.RawViolations = []evidence.Violation{{Node: 7, Line: 40, Code: "missing"}, {Node: 9, Line: 44, Code: "value"}}
		}, id: "STA-21", want: reports.Finding{Message: "The answer, before other people's items were cut from it, breaks the schema in 2 places, first in line 40 (missing)."}},

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

// between is the part of s between two texts.
func between(s, from, to string) string {
	_, rest, _ := strings.Cut(s, from)
	inside, _, _ := strings.Cut(rest, to)
	return inside
}

func headerLast() string {
	return `<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/">
<s:Body>` + created + `</s:Body>
<s:Header>` + between(answerOf(success, created), "<s:Header>", "</s:Header>")[:0] + `<h:syncResponseHeaderInfo xmlns:h="` + bind + `"><h:messageIdentifier>m-1</h:messageIdentifier>` +
		strings.Replace(success, "<statusInfo>", `<statusInfo xmlns="`+bind+`">`, 1) + `</h:syncResponseHeaderInfo></s:Header></s:Envelope>`
}

func (u universalCase) input(t *testing.T) (right, broken Input) {
	t.Helper()
	if u.operation == "" {
		u.operation = "createPerson"
	}
	if u.answer == "" {
		u.answer = answerOf(success, created)
	}
	changed := u.answer
	if u.from != "" {
		changed = strings.Replace(u.answer, u.from, u.to, 1)
		if u.from == wire.NSSOAP {
			changed = strings.ReplaceAll(u.answer, u.from, u.to)
		}
		if changed == u.answer {
			t.Fatalf("the change from %q changes nothing", u.from)
		}
	}
	if u.expect == nil {
		u.expect = fine()
	}
	right = input(slices.Clone(u.expect), exchange(0, u.operation, u.answer))
	e := exchange(0, u.operation, changed)
	if u.edit != nil {
		u.edit(&e)
	}
	broken = input(slices.Clone(u.expect), e)
	broken.Validator = u.validator
	return right, broken
}

// Each universal check finds its one minimal fault, and nothing else does.
func TestUniversalChecksFindTheirFault(t *testing.T) {
	for _, u := range universalCases() {
		t.Run(u.id+" "+u.name, func(t *testing.T) {
			_, broken := u.input(t)
			got := judged(t, broken)
			operation := u.operation
			if operation == "" {
				operation = "createPerson"
			}
			want := []reports.Finding{universalFinding(u.id, operation, u.want)}
			if diff := cmp.Diff(want, got.Findings, cmpopts.EquateEmpty()); diff != "" {
				t.Errorf("findings (-want +got):\n%s", diff)
			}
			if got.Verdict != reports.Failed {
				t.Errorf("verdict %s, want failed", got.Verdict)
			}
			if !slices.Contains(got.Proves, u.id) {
				t.Errorf("%s is not among what was evaluated: %v", u.id, got.Proves)
			}
		})
	}
}

// Where only a part of an otherwise right answer is changed, that answer has no
// finding.
func TestUniversalChecksPassTheRightAnswer(t *testing.T) {
	for _, u := range universalCases() {
		if u.from == "" || u.expect != nil {
			continue
		}
		t.Run(u.id+" "+u.name, func(t *testing.T) {
			right, _ := u.input(t)
			if got := judged(t, right); len(got.Findings) > 0 || got.Verdict != reports.Passed {
				t.Errorf("verdict %s, findings %+v", got.Verdict, got.Findings)
			}
		})
	}
}

// Every universal requirement has a case that breaks it.
func TestEveryUniversalRequirementCanBeBroken(t *testing.T) {
	var broken []string
	for _, u := range universalCases() {
		broken = append(broken, u.id)
	}
	slices.Sort(broken)
	if diff := cmp.Diff(Universal(), slices.Compact(broken)); diff != "" {
		t.Errorf("universal requirements (-listed +broken in a case):\n%s", diff)
	}
}
