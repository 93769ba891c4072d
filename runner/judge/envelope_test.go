package judge

import (
	"strings"

	"esconform/reports"
	"esconform/runner/evidence"
	"esconform/runner/scenario"
	"esconform/runner/wire"
)

// envelopeCases break the document, the envelope or the media type.
func envelopeCases() []universalCase {
	faultExpected := []scenario.Expectation{{Fault: &scenario.Fault{}}}
	return []universalCase{
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
		{name: "not recorded", operation: "readAllPersons", edit: func(e *evidence.Exchange) {
			e.Response, e.RawViolations = nil, []evidence.Violation{{Node: -1, Line: 3, Code: "not-well-formed"}}
		}, id: "STD-XML-1", want: reports.Finding{
			Message: "The answer (HTTP status 200, text/xml) cannot be read (not-well-formed); it was not recorded, because it may hold other people's data."}},
		{name: "doctype, not recorded", operation: "readAllPersons", edit: func(e *evidence.Exchange) {
			e.Response, e.RawViolations = nil, []evidence.Violation{{Node: -1, Line: 3, Code: "doctype"}}
		}, id: "STD-SOAP-2", want: reports.Finding{
			Message: "The answer (HTTP status 200, text/xml) cannot be read (doctype); it was not recorded, because it may hold other people's data."}},
	}
}

// bodyCases break a Fault or the response element.
func bodyCases() []universalCase {
	faultExpected := []scenario.Expectation{{Fault: &scenario.Fault{}}}
	return []universalCase{
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
	}
}
