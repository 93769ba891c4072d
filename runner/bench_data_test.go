package runner_test

// The scenario, request and person of the paired benchmarks.
const (
	benchScenario = `title: A person is read
source: readPerson
needs: { anchors: [benchPerson] }
identities: [{ name: Person, anchor: benchPerson }]
steps:
  - operation: readPerson
    request: read.xml
    messageId: "bench-{case:n}"
    expect:
      - { status: { codeMajor: success, severity: status }, proves: PER-READ-01 }
      - { at: "pmess:person/pdata:name/pdata:partName[pdata:namePartType='First']/pdata:namePartValue", equals: "Vera", proves: PER-READ-01 }
      - { at: "pmess:person/pdata:name/pdata:partName[pdata:namePartType='Last']/pdata:namePartValue", equals: "Sample", proves: PER-READ-01 }
      - { at: "pmess:person/common:email", equals: "vera@example.org", proves: PER-READ-01 }
cases:
`
	benchRequest = `<soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/" xmlns:b="http://www.imsglobal.org/services/common/imsMessBindSchema_v1p0" xmlns:p="http://www.imsglobal.org/services/pms/xsd/imsPersonManMessSchema_v1p0" xmlns:c="http://www.imsglobal.org/services/common/imsCommonSchema_v1p0">
<soapenv:Header>
<b:syncRequestHeaderInfo>
<b:messageIdentifier>bench</b:messageIdentifier>
</b:syncRequestHeaderInfo>
</soapenv:Header>
<soapenv:Body>
<p:readPersonRequest>
<p:sourcedId>
<c:identifier>Person</c:identifier>
</p:sourcedId>
</p:readPersonRequest>
</soapenv:Body>
</soapenv:Envelope>`
	benchPersonData = `<p:person xmlns:d="http://www.imsglobal.org/services/pms/xsd/imsPersonManDataSchema_v1p0" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
<d:formatName xsi:nil="true"/>
<d:name>
<d:partName><d:namePartType>First</d:namePartType><d:namePartValue>Vera</d:namePartValue></d:partName>
<d:partName><d:namePartType>Last</d:namePartType><d:namePartValue>Sample</d:namePartValue></d:partName>
</d:name>
<c:email>vera@example.org</c:email>
<d:institutionRole><d:institutionRoleType>Student</d:institutionRoleType><d:primaryRoleType>true</d:primaryRoleType></d:institutionRole>
</p:person>`
)
