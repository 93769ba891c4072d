package xmltree

import "testing"

const small = `<?xml version="1.0" encoding="utf-8"?>
<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/" xmlns:u="http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-utility-1.0.xsd">
  <s:Header>
    <h:syncResponseHeaderInfo xmlns:h="http://www.imsglobal.org/services/common/imsMessBindSchema_v1p0" xmlns="http://www.imsglobal.org/services/common/imsMessBindSchema_v1p0">
      <h:messageIdentifier>1</h:messageIdentifier>
      <statusInfo><codeMajor>success</codeMajor><severity>warning</severity>
        <codeMinor><codeMinorField><codeMinorName>personmanagement</codeMinorName><codeMinorValue>x</codeMinorValue></codeMinorField></codeMinor>
        <messageIdRef>1</messageIdRef>
        <description><language xmlns="http://www.imsglobal.org/services/common/imsCommonSchema_v1p0">en-US</language>
        <text xmlns="http://www.imsglobal.org/services/common/imsCommonSchema_v1p0">Object &amp; more</text></description>
      </statusInfo>
    </h:syncResponseHeaderInfo>
    <o:Security s:mustUnderstand="1" xmlns:o="http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd"><u:Timestamp u:Id="_0"><u:Created>2011-02-02T14:23:09.653Z</u:Created><u:Expires>2011-02-02T14:28:09.653Z</u:Expires></u:Timestamp></o:Security>
  </s:Header>
  <s:Body><readPersonResponse xmlns="http://www.imsglobal.org/services/pms/xsd/imsPersonManMessSchema_v1p0"/></s:Body>
</s:Envelope>`

func BenchmarkParse(b *testing.B) {
	data := []byte(small)
	b.SetBytes(int64(len(data)))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := Parse(data, "utf-8", Limits{}); err != nil {
			b.Fatal(err)
		}
	}
}
