package sandbox

import (
	"net/http"

	"esconform/runner/wire"
)

// replyAction returns the wsaw:Action of an operation's answer.
func replyAction(o wire.Operation) string {
	return abstractPerson + "/" + o.Service + "/" + o.Name + "Response"
}

// abstractPerson is the target namespace of the person services' WSDL, the
// extended one included.
const abstractPerson = "http://www.imsglobal.org/services/pms/wsdl/imsPersonManAbstractSync_v1p0"

// serveWSDL answers ?wsdl and ?singleWsdl of a service.
func serveWSDL(w http.ResponseWriter, r *http.Request, service string, single bool) {
	http.NotFound(w, r)
}
