package sandbox

// descriptionDeviations are those of the descriptions of the services, and of
// HTTP before a message is read.
func descriptionDeviations() []Deviation {
	return []Deviation{
		{"description-missing", "WSDL-01", "should", []string{"GEN-05", "WSDL-03", "WSDL-04", "WSDL-05", "WSDL-06", "WSDL-07", "WSDL-09", "WSDL-10"}, false, "The services have no description."},
		{"person-operation-described-otherwise", "WSDL-03", "must", nil, false, "The description of the person service has another operation instead of readPersonsForGroup."},
		{"membership-operation-described-otherwise", "WSDL-04", "must", nil, false, "The description of the membership service has another operation instead of changeMembershipIdentifier."},
		{"extended-operation-described-otherwise", "WSDL-05", "must", nil, false, "The description of the extended person service has another operation instead of readAllPersons."},
		{"group-operation-described-otherwise", "WSDL-06", "must", nil, false, "The description of the group service has another operation instead of changeGroupIdentifier."},
		{"other-headers-described", "WSDL-07", "must", nil, false, "The descriptions bind another header to the inputs of operations."},
		{"rpc-style-described", "WSDL-09", "must", nil, false, "The descriptions bind operations in the style rpc."},
		{"certificate-described", "WSDL-10", "should", nil, false, "The policies demand a client certificate."},
		{"other-actions-described", "GEN-05", "must", nil, false, "The descriptions give operations other actions."},
		{"any-method-accepted", "GEN-04", "must", nil, false, "A message is carried out whatever the HTTP method."},
	}
}
