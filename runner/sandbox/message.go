package sandbox

import (
	"bytes"
	"errors"
	"io"
	"net/http"
	"strings"
	"unicode"

	"esconform/runner/wire"
)

// serveMessage answers one SOAP message. Whatever happens, it is answered by an
// envelope.
func (s *Server) serveMessage(w http.ResponseWriter, r *http.Request, at *site, service string) {
	c := &call{ctx: r.Context(), server: s, bare: r.TLS != nil && len(r.TLS.PeerCertificates) == 0}
	c.enter(at)
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxBody))
	var a answer
	if tooLarge := (*http.MaxBytesError)(nil); errors.As(err, &tooLarge) {
		a = faultClient("The message is too large.").answer()
	} else if err != nil {
		return // the client is gone
	} else {
		a = c.answer(r.Header, body, service)
	}
	c.behaviour.style.write(w, r, c.corrupted(a))
}

// answer carries a message out. An error that is not a fault is the endpoint's
// own and shows nothing of itself.
func (c *call) answer(header http.Header, body []byte, service string) (a answer) {
	defer func() {
		if recover() != nil {
			a = faultInternal().answer()
		}
	}()
	a, err := c.process(header, body, service)
	if f := (*fault)(nil); errors.As(err, &f) {
		return f.answer()
	}
	if err != nil {
		return faultInternal().answer()
	}
	return a
}

// process reads a message, finds out who sends it, and does what it wants.
func (c *call) process(header http.Header, body []byte, service string) (answer, error) {
	action := header.Get("SOAPAction")
	root, err := readXML(body, header.Get("Content-Type"))
	if err != nil {
		if c.deviates("malformed-accepted") {
			return c.pretend(actionOf(action))
		}
		if c.deviates("malformed-carried-out") {
			c.carryOutMended(header, body, service) // the answer is that of the refusal
		}
		return answer{}, faultClient(err.Error())
	}
	if c.env, err = c.openEnvelope(root); err != nil {
		return answer{}, err
	}
	if err := c.authenticate(); err != nil {
		return c.refuse(err, action, service)
	}
	return c.carryOut(action, service)
}

func readXML(body []byte, contentType string) (*node, error) {
	text, err := toUTF8(body, contentType)
	if err != nil {
		return nil, err
	}
	return parse(text)
}

// refuse answers a request whose sender is not who he says: nothing is changed,
// a fault says so.
func (c *call) refuse(reason error, action, service string) (answer, error) {
	if c.deviates("refused-request-carried-out") {
		_, _ = c.carryOut(action, service) // the answer is that of the refusal
	}
	if op, _ := wire.LookupAction(actionOf(action)); c.env.security == nil && op.Name == "readAllPersons" && c.deviates("list-open-to-anybody") {
		return c.carryOut(action, service)
	}
	if c.deviates("refusal-as-status") {
		if _, err := c.dispatch(action, service); err == nil {
			return c.envelop(reply{statuses: []status{failure(minorInvalid, reason.Error())}}), nil
		}
	}
	return answer{}, reason
}

// carryOutMended does what a message wants when only control characters keep it
// from being read; whether it could is not said.
func (c *call) carryOutMended(header http.Header, body []byte, service string) {
	mended := bytes.Map(func(r rune) rune {
		if unicode.IsControl(r) {
			return ' '
		}
		return r
	}, body)
	root, err := readXML(mended, header.Get("Content-Type"))
	if err != nil {
		return
	}
	if c.env, err = c.openEnvelope(root); err == nil && c.authenticate() == nil {
		_, _ = c.carryOut(header.Get("SOAPAction"), service)
	}
}

// pretend answers a message that was not read as if it had been carried out.
func (c *call) pretend(action string) (answer, error) {
	op, known := wire.LookupAction(action)
	if !known {
		return answer{}, faultActionNotSupported(action)
	}
	c.env, c.op = &envelope{}, op
	return c.envelop(reply{statuses: []status{success()}}), nil
}

// carryOut does what an authenticated message wants.
func (c *call) carryOut(action, service string) (answer, error) {
	if err := c.understand(); err != nil {
		return answer{}, err
	}
	serve, err := c.dispatch(action, service)
	if err != nil {
		return answer{}, err
	}
	if hasUnqualified(c.env.body) && c.deviates("unqualified-children-used") {
		qualify(c.env.body)
	}
	if c.env.sync == nil && c.deviates("header-demanded") {
		return c.envelop(c.failAll("The syncRequestHeaderInfo is missing")), nil
	}
	if !isSamplePrefix(c.env.body.prefix) && c.deviates("prefixes-have-meaning") {
		return c.envelop(c.failAll("The request is not known")), nil
	}
	rep, err := serve(c, c.env.body)
	if err != nil {
		return answer{}, err
	}
	return c.envelop(rep), nil
}

// failAll is the reply of a request that fails as a whole.
func (c *call) failAll(text string) reply {
	return reply{statuses: []status{failure(minorInvalid, text)}}
}

// understand refuses a message with a mandatory header block that the endpoint
// does not know, and one with a second child of the Body. No client certificate
// is asked for.
func (c *call) understand() error {
	if block := c.env.misunderstood(); block != nil && !c.deviates("must-understand-ignored") {
		return faultMustUnderstand(block.name)
	}
	if c.bare && c.env.body != nil && c.env.body.name.Local == "createPersonRequest" && c.deviates("certificate-demanded") {
		return faultFailedAuthentication()
	}
	if c.env.crowded {
		return faultClient("The Body must hold one element.")
	}
	return nil
}

// dispatch finds the operation by the SOAPAction, and demands that the service
// has it and that the Body holds its request element.
func (c *call) dispatch(header, service string) (handler, error) {
	action := actionOf(header)
	op, known := wire.LookupAction(action)
	switch {
	case !known:
		if c.deviates("operation-guessed") {
			c.op, _ = wire.Lookup("createPerson")
			return handlerOf(c.op.Name), nil
		}
		if c.deviates("unknown-action-accepted") {
			c.op, _ = wire.Lookup("readPerson")
			return unsupported, nil
		}
		return nil, faultActionNotSupported(action)
	case action == header && c.deviates("unquoted-action-refused"),
		service != wire.CombinedPort && (op.Service != service || c.deviates("separate-services-refused")),
		service == wire.CombinedPort && op.Plural() && op.Effect == wire.Read && c.deviates("combined-port-incomplete"),
		op.Name == "deletePersons" && c.deviates("action-not-known"):
		return nil, faultActionNotSupported(action)
	}
	serve := handlerOf(op.Name)
	if serve == nil {
		return nil, faultActionNotSupported(action)
	}
	if c.env.body == nil || c.env.body.name != op.Request && !c.deviates("operation-guessed") {
		return nil, faultDeserialization("the Body does not hold " + op.Request.Local + ".")
	}
	c.op = op
	return serve, nil
}

// unsupported serves an operation that does not exist with a status.
func unsupported(c *call, _ *node) (reply, error) {
	return c.failAll("The operation is not supported"), nil
}

// isSamplePrefix says whether a prefix is one that the documented samples or this
// project's messages use.
func isSamplePrefix(prefix string) bool {
	return prefix == "pmess" || prefix == "gmess" || prefix == "mmess" || strings.HasPrefix(prefix, "ims") || prefix == ""
}
