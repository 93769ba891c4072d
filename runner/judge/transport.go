package judge

import (
	"esconform/runner/evidence"
)

// Requirements on the transport (ruling 9).
const (
	completeResponse = "STD-HTTP-1" // RFC 9112
	declaredContent  = "STD-HTTP-2" // RFC 9110, 8.4 and 8.6
)

// transport judges how the answer came, and says whether there is one to go on
// with. What went wrong is the endpoint's fault only if it answered a probe directly
// afterwards; else it may be the network's (section 2 of the design). That holds for
// an answer that came as well: a gateway before an endpoint that is down says 503 in
// its own words.
func (c *court) transport(a *answer) bool {
	t := a.exchange.Transport
	switch {
	case t == nil && a.probeFailed():
		c.trouble(a.index+1, "step %d got no usable answer (%s), and a probe directly afterwards got none either", a.index+1, a.kind())
		return false
	case t == nil:
		c.check(a, completeResponse, nil)
		c.check(a, declaredContent, nil)
		return true
	case !blames(a):
		c.trouble(a.index+1, "step %d got no usable answer (%s: %s), and %s", a.index+1, t.Kind, t.Message, a.afterwards())
		return false
	case t.Kind == evidence.FaultRedirected && a.acceptsErrors():
		return true
	}
	c.transportFault(a, t)
	return false
}

// probeFailed says whether a probe was sent after the exchange and not answered.
func (a *answer) probeFailed() bool { return a.exchange.Probed && !a.exchange.ProbeOK }

// blames says whether a fault of the transport is the endpoint's. Where no
// connection was made, or none that TLS secures, it has not seen the request.
func blames(a *answer) bool {
	t := a.exchange.Transport
	if t.Kind == evidence.FaultConnect || t.Kind == evidence.FaultTLS {
		return false
	}
	return t.ProbeOK && !a.probeFailed()
}

// afterwards says why a fault of the transport is not the endpoint's.
func (a *answer) afterwards() string {
	t := a.exchange.Transport
	switch {
	case t.ProbeOK && !a.probeFailed():
		return "the request has not reached the endpoint"
	case t.Probed || a.exchange.Probed:
		return "a probe directly afterwards got no answer either"
	}
	return "no probe was sent afterwards"
}

// transportFault judges a fault of the transport that is the endpoint's.
func (c *court) transportFault(a *answer, t *evidence.TransportFault) {
	switch t.Kind {
	case evidence.FaultEncoding, evidence.FaultTooLarge:
		c.check(a, completeResponse, nil)
		c.check(a, declaredContent, broken(nil, "the content of the answer cannot be taken (%s: %s)", t.Kind, t.Message))
	case evidence.FaultRedirected:
		c.check(a, completeResponse, nil)
		c.check(a, soapEnvelope, broken(nil, "the endpoint redirects instead of answering: %s", t.Message))
	case evidence.FaultReset:
		c.cutOff(a, t)
	case evidence.FaultTimeout, evidence.FaultProtocol:
		c.check(a, completeResponse, broken(nil, incomplete, t.Kind, t.Message))
	default:
		c.trouble(a.index+1, "step %d got no usable answer (%s: %s)", a.index+1, t.Kind, t.Message)
	}
}

const incomplete = "the answer did not come completely (%s: %s), but a probe directly afterwards was answered"

// cutOff judges a connection that broke. When the answer had begun and
// declared its length, its content is not as long as declared.
func (c *court) cutOff(a *answer, t *evidence.TransportFault) {
	length := a.exchange.ResponseHeader.Get("Content-Length")
	if a.exchange.Status == 0 || length == "" {
		c.check(a, completeResponse, broken(nil, incomplete, t.Kind, t.Message))
		return
	}
	c.check(a, declaredContent, broken(nil, "the answer declares %s bytes, but ends before (%s: %s)", shownIn(length, 20), t.Kind, t.Message))
}
