package sandbox

// Features returns the optional features that the sandbox has, by the names that
// profiles use: custom fields are enabled, the default profiles are in place,
// PrivacyProtection is kept, readAllPersons is enabled for every site, and a token
// that is sent again is refused.
func Features() []string {
	return []string{"customStrings", "defaultProfiles", "privacyProtection", "readAllPersons", "replayDetection"}
}
