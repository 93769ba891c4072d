package sandbox

import (
	"net/http"

	"esconform/runner/wire"
)

// A fault is why a request is answered with a SOAP fault: transport, security
// and content that cannot be read. What the service itself refuses is a status
// (wire dossier, 4.6).
type fault struct {
	code wire.Name
	text string
}

// nsDispatch is the namespace of the dispatcher's own fault codes, as services
// built with the vendor's framework send them.
const nsDispatch = "http://schemas.microsoft.com/net/2005/12/windowscommunicationfoundation/dispatcher"

const textInvalidSecurity = "An error occurred when verifying security for the message."

func faultClient(text string) *fault {
	return &fault{wire.Name{Space: wire.NSSOAP, Local: "Client"}, text}
}

func faultVersionMismatch() *fault {
	return &fault{wire.Name{Space: wire.NSSOAP, Local: "VersionMismatch"}, "The message is not a SOAP 1.1 envelope."}
}

func faultMustUnderstand(header wire.Name) *fault {
	return &fault{wire.Name{Space: wire.NSSOAP, Local: "MustUnderstand"}, "The mandatory header '" + header.Local + "' from namespace '" + header.Space + "' was not understood."}
}

func faultInvalidSecurity() *fault {
	return &fault{wire.Name{Space: wire.NSWsse, Local: "InvalidSecurity"}, textInvalidSecurity}
}

func faultFailedAuthentication() *fault {
	return &fault{wire.Name{Space: wire.NSWsse, Local: "FailedAuthentication"}, "At least one security token in the message could not be validated."}
}

func faultActionNotSupported(action string) *fault {
	return &fault{wire.Name{Space: nsDispatch, Local: "ActionNotSupported"}, "The message with Action '" + action + "' cannot be processed at the receiver."}
}

func faultDeserialization(what string) *fault {
	return &fault{wire.Name{Space: nsDispatch, Local: "DeserializationFailed"}, "The request could not be read: " + what}
}

func faultInternal() *fault {
	return &fault{wire.Name{Space: nsDispatch, Local: "InternalServiceFault"}, "The server was unable to process the request due to an internal error."}
}

// Error makes a fault an error, so that it ends a transaction.
func (f *fault) Error() string { return f.code.Local + ": " + f.text }

// answer makes the answer of a fault: HTTP 500 (SOAP 1.1, 6.2), unqualified
// children, no status header.
func (f *fault) answer() answer {
	code := leaf("", "faultcode", "")
	code.qname = f.code
	text := leaf("", "faultstring", f.text)
	text.attrs = []attr{{wire.Name{Space: wire.NSXML, Local: "lang"}, languageEnglish}}
	return answer{status: http.StatusInternalServerError, body: el(wire.NSSOAP, "Fault", code, text)}
}
