package sandbox

import (
	"bytes"
	"net/http"
)

// A descriptionFault is a deviation of a service's description: texts of the
// document that are written otherwise.
type descriptionFault struct {
	name  string
	texts []string // old and new, in pairs
}

var descriptionFaults = [...]descriptionFault{
	{"person-operation-described-otherwise", []string{`operation name="readPersonsForGroup"`, `operation name="readPersonsOfGroup"`}},
	{"membership-operation-described-otherwise", []string{`operation name="changeMembershipIdentifier"`, `operation name="changeMembershipKey"`}},
	{"extended-operation-described-otherwise", []string{`operation name="readAllPersons"`, `operation name="readEverybody"`}},
	{"group-operation-described-otherwise", []string{`operation name="changeGroupIdentifier"`, `operation name="changeGroupKey"`}},
	{"other-headers-described", []string{` part="syncRequestHeaderInfo"`, ` part="requestHeaderInfo"`}},
	{"rpc-style-described", []string{` style="document"`, ` style="rpc"`, `<soap:binding `, `<soap:binding style="rpc" `}},
	{"certificate-described", []string{`RequireClientCertificate="false"`, `RequireClientCertificate="true"`}},
	{"other-actions-described", []string{`soapAction="http://www.imsglobal.org/soap/`, `soapAction="http://www.imsglobal.org/action/`}},
}

// serveDescription answers a request for a description. Nobody says who asks, so
// the behaviour is that of the site that the path names.
func (s *Server) serveDescription(w http.ResponseWriter, r *http.Request, at *site, service string, single bool) {
	c := &call{ctx: r.Context(), server: s}
	c.enter(at)
	if c.deviates("description-missing") {
		http.NotFound(w, r)
		return
	}
	serveWSDL(w, r, service, single, c.spoilDescription)
}

// spoilDescription returns the document with what the site describes otherwise
// on purpose.
func (c *call) spoilDescription(text []byte) []byte {
	for _, f := range descriptionFaults {
		if !c.deviates(f.name) {
			continue
		}
		for i := 0; i < len(f.texts); i += 2 {
			text = bytes.ReplaceAll(text, []byte(f.texts[i]), []byte(f.texts[i+1]))
		}
	}
	return text
}

// takesAnyMethod says whether the site carries out messages of every HTTP method.
func (s *Server) takesAnyMethod(at *site) bool {
	c := &call{server: s}
	c.enter(at)
	return c.deviates("any-method-accepted")
}
