package judge

import "slices"

// Universal returns the ids of the requirements that are checked on every recorded
// answer without an expectation, sorted. The inventory marks the same ones with
// `universal: true`.
func Universal() []string {
	ids := []string{
		completeResponse, declaredContent,
		wellFormed, namespaceWellFormed, declaredEncoding, soapEnvelope, noDoctype, faultStatus, faultShape,
		soapNamespace, oneBodyChild, mediaTypeXML, faultOrStatus,
		schemaValid, emptyAnswer, noPassword,
		echoedID, referredID, bindNamespace, commonNamespace, oneContainer,
		majorEnum, severityEnum, plainSuccess, remark, failureText, minorFields, language, statusOrder,
		singleStatus, statusPerItem, setOfOne, extendedStatus,
		securityHeader, timestampForm, oneTimestamp,
	}
	slices.Sort(ids)
	return ids
}

// universal makes all universal checks on an answer that came.
func (c *court) universal(a *answer) {
	if !a.soap || a.exchange.Transport != nil || a.plainError() {
		return
	}
	if !c.parsed(a) || !c.shape(a) {
		return
	}
	c.schema(a)
	c.security(a)
	if a.fault != nil {
		c.faultChecks(a)
		return
	}
	c.bodyChecks(a)
	if a.info != nil {
		c.headerChecks(a)
		c.statusChecks(a)
	}
}
