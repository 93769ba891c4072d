package sandbox

import "esconform/runner/wire"

// The answers that the tests of the writer write: every shape that the
// operations have, with texts that are hard to write.

const hardText = "A & B < C > \"D\" 'E' ]]> Åse \U0001F600\ttab\r\nline"

func sampleAnswers() map[string]answer {
	return map[string]answer{
		"success":  {status: 200, header: []*element{statusHeader("m-1", plainStatus("m-1")), securityHeader()}, body: el(wire.NSPmess, "replacePersonResponse")},
		"warning":  {status: 200, header: []*element{statusHeader("m-2", warningStatus("m-2")), securityHeader()}, body: el(wire.NSPmess, "replacePersonResponse")},
		"set":      {status: 200, header: []*element{statusHeader("m-3", el(wire.NSBind, "statusInfoSet", plainStatus("m-3"), warningStatus("m-3"))), securityHeader()}, body: el(wire.NSPmess, "createPersonsResponse")},
		"read":     {status: 200, header: []*element{statusHeader(hardText, plainStatus(hardText)), securityHeader()}, body: el(wire.NSPmess, "readPersonResponse", samplePerson())},
		"fault":    {status: 500, body: faultBody(wire.Name{Space: wire.NSWsse, Local: "InvalidSecurity"}, "An error occurred when verifying security for the message.")},
		"rejected": {status: 500, header: []*element{securityHeader()}, body: faultBody(wire.Name{Space: wire.NSSOAP, Local: "Client"}, hardText)},
	}
}

func statusHeader(id string, status *element) *element {
	return el(wire.NSBind, "syncResponseHeaderInfo", leaf(wire.NSBind, "messageIdentifier", id), status)
}

func plainStatus(ref string) *element {
	return el(wire.NSBind, "statusInfo",
		leaf(wire.NSBind, "codeMajor", "success"), leaf(wire.NSBind, "severity", "status"), leaf(wire.NSBind, "messageIdRef", ref))
}

func warningStatus(ref string) *element {
	return el(wire.NSBind, "statusInfo",
		leaf(wire.NSBind, "codeMajor", "success"), leaf(wire.NSBind, "severity", "warning"),
		el(wire.NSBind, "codeMinor", el(wire.NSBind, "codeMinorField",
			leaf(wire.NSBind, "codeMinorName", "personmanagement"), leaf(wire.NSBind, "codeMinorValue", "unknownobjinsertinstead"))),
		leaf(wire.NSBind, "messageIdRef", ref),
		el(wire.NSBind, "description", leaf(wire.NSCommon, "language", "en-US"),
			leaf(wire.NSCommon, "text", "relationship/sourceId/identifier 'Child3' does not exist in itslearning")))
}

func securityHeader() *element {
	stamp := el(wire.NSWsu, "Timestamp", leaf(wire.NSWsu, "Created", "2030-01-01T08:00:00.000Z"), leaf(wire.NSWsu, "Expires", "2030-01-01T08:05:00.000Z"))
	stamp.attrs = []attr{{wire.Name{Space: wire.NSWsu, Local: "Id"}, "_0"}}
	security := el(wire.NSWsse, "Security", stamp)
	security.attrs = []attr{{wire.Name{Space: wire.NSSOAP, Local: "mustUnderstand"}, "1"}}
	return security
}

func faultBody(code wire.Name, text string) *element {
	faultcode := &element{name: wire.Name{Local: "faultcode"}, qname: code}
	faultstring := leaf("", "faultstring", text)
	faultstring.attrs = []attr{{wire.Name{Space: wire.NSXML, Local: "lang"}, "en-US"}}
	return el(wire.NSSOAP, "Fault", faultcode, faultstring)
}

func samplePerson() *element {
	part := func(kind, value string) *element {
		return el(wire.NSPdata, "partName", leaf(wire.NSPdata, "namePartType", kind), leaf(wire.NSPdata, "namePartValue", value))
	}
	format := el(wire.NSPdata, "formatName")
	format.nil_ = true
	return el(wire.NSPmess, "person", format,
		el(wire.NSPdata, "name", part("First", "Vera"), part("Last", hardText), part("Nick", "")),
		leaf(wire.NSCommon, "email", "vera@example.org"), leaf(wire.NSCommon, "URL", ""),
		el(wire.NSPdata, "userId", leaf(wire.NSCommon, "userIdValue", "vera.sample")),
		el(wire.NSPdata, "address", leaf(wire.NSPdata, "extadd", ""), leaf(wire.NSPdata, "locality", "Sampletown"),
			leaf(wire.NSPdata, "postcode", "1234"), leaf(wire.NSPdata, "street", "Test Lane 5")),
		el(wire.NSPdata, "demographics", leaf(wire.NSPdata, "gender", "Male"), leaf(wire.NSPdata, "bday", "1926-07-03")),
		el(wire.NSPdata, "institutionRole", leaf(wire.NSPdata, "institutionRoleType", "Student"), leaf(wire.NSPdata, "primaryRoleType", "true")),
		el(wire.NSPdata, "tel", leaf(wire.NSPdata, "telType", "Voice"), leaf(wire.NSPdata, "telValue", "")),
		el(wire.NSPdata, "extension",
			el(wire.NSCommon, "relationship", leaf(wire.NSCommon, "relation", "Child"),
				el(wire.NSCommon, "sourceId", leaf(wire.NSCommon, "identifier", "Child1")))))
}
