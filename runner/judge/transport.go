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
// with. A fault of the transport is the endpoint's only if it answered a probe
// directly afterwards; else it may be the network's (section 2 of the design).
func (c *court) transport(a *answer) bool {
	t := a.exchange.Transport
	if t == nil {
		c.check(a, completeResponse, nil)
		c.check(a, declaredContent, nil)
		return true
	}
	if t.Kind == evidence.FaultRedirected && a.acceptsErrors() {
		return true
	}
	if !t.ProbeOK {
		why := "no probe was sent afterwards"
		if t.Probed {
			why = "a probe directly afterwards got no answer either"
		}
		c.trouble(a.index+1, "step %d got no usable answer (%s: %s), and %s", a.index+1, t.Kind, t.Message, why)
		return false
	}
	switch t.Kind {
	case evidence.FaultEncoding, evidence.FaultTooLarge:
		c.check(a, completeResponse, nil)
		c.check(a, declaredContent, broken(nil, "the content of the answer cannot be taken (%s: %s)", t.Kind, t.Message))
	case evidence.FaultRedirected:
		c.check(a, completeResponse, nil)
		c.check(a, soapEnvelope, broken(nil, "the endpoint redirects instead of answering: %s", t.Message))
	case evidence.FaultConnect, evidence.FaultTLS, evidence.FaultTimeout, evidence.FaultReset, evidence.FaultProtocol:
		c.check(a, completeResponse, broken(nil, "the answer did not come completely (%s: %s), but a probe directly afterwards was answered", t.Kind, t.Message))
	default:
		c.trouble(a.index+1, "step %d got no usable answer (%s: %s)", a.index+1, t.Kind, t.Message)
	}
	return false
}
