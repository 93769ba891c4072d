package sandbox

import (
	"net/http"

	"esconform/runner/wire"
)

// descriptions are asked for, and a message comes with another method.
func (s *story) descriptions() {
	for _, service := range []string{wire.ServicePerson, wire.ServiceExtendedPerson, wire.ServiceGroup, wire.ServiceMembership, wire.CombinedPort} {
		s.sends("description of "+service, true, letter{method: http.MethodGet, path: wire.ServicePath(service) + "?wsdl"})
	}
	write := request("createPerson", student("d1", "Ida").xml())
	s.sends("another method", false, letter{method: http.MethodPut, action: action("createPerson"),
		body: envelopeOf(syncHeader+credentials(Site{Username: "u", Password: "p"}), write)})
}
