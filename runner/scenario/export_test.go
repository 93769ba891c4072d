package scenario

// Shapes gives the mappings of the format to tests, by the name of their definition
// in the JSON Schemas.
func Shapes() map[string][]string {
	return map[string][]string{
		"scenario": shapeScenario.keys, "needs": shapeNeeds.keys, "given": shapeGiven.keys,
		"givenPerson": shapeGivenPerson.keys, "givenGroup": shapeGivenGroup.keys,
		"givenMembership": shapeGivenMembership.keys, "givenRelationship": shapeGivenRelationship.keys,
		"identity": shapeIdentity.keys, "volatile": shapeVolatile.keys, "step": shapeStep.keys, "as": shapeAs.keys,
		"http": shapeHTTP.keys, "expectation": shapeExpectation.keys, "status": shapeStatus.keys,
		"codeMinor": shapeCodeMinor.keys, "sameAs": shapeSameAs.keys, "fault": shapeFault.keys,
		"reading": shapeReading.keys, "pages": shapePages.keys, "requirement": shapeRequirement.keys, "state": shapeState.keys,
	}
}

// Matchers gives the matchers of an expectation to tests.
func Matchers() []string { return matchers() }
