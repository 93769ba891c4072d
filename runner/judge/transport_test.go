package judge

import (
	"net/http"

	"esconform/reports"
	"esconform/runner/evidence"
)

// transportCases are faults of the transport after which a probe was answered.
func transportCases() []universalCase {
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
	}
}
