package profile

import "strings"

// sites checks the sites; there is at least the default one.
func (c *collector) sites(d draft, s Sources) []Site {
	seen := map[string]Place{}
	all := make([]Site, 0, len(d.sites))
	for i, sd := range d.sites {
		name := sd.name.value
		switch first, twice := seen[name]; {
		case strings.TrimSpace(name) == "":
			c.add(sd.place, "site %d has no name", i+1)
		case strings.ContainsAny(name, ":/"):
			c.add(sd.place, "the site name %q holds a colon or a slash", name)
		case twice:
			c.add(sd.place, "there are two sites named %q; the first is at %s", name, first)
		default:
			seen[name] = sd.place
		}
		all = append(all, c.site(sd, i == 0, d.private, s))
	}
	return all
}

func (c *collector) site(d siteDraft, first, private bool, s Sources) Site {
	of := "site " + d.name.value
	site := Site{Name: d.name.value, Credentials: Credentials{Username: d.username.value}, States: c.texts(d.states, "state"), Anchors: c.texts(d.anchors, "anchor")}
	hint := "give username in the profile"
	use := secretUse{what: "password", of: of, key: "password", place: d.place, hint: "give passwordFile or passwordEnv in the profile"}
	if first {
		hint = "give --username, ESCONFORM_USERNAME, or username in the profile"
		use.hint = "give ESCONFORM_PASSWORD, --password-file FILE (- is standard input), or passwordFile in the profile"
	}
	if strings.TrimSpace(d.username.value) == "" {
		place := d.place
		if d.username.set {
			place = d.username.place
		}
		c.add(place, "%s has no user name; %s", of, hint)
	}
	site.Credentials.Password = c.secret(d.secret, use, private, s)
	return site
}

func (c *collector) texts(entries []entry, what string) map[string]string {
	all := map[string]string{}
	for _, e := range entries {
		if strings.TrimSpace(e.value) == "" {
			c.add(e.place, "the %s %s has no value", what, e.key)
		}
		all[e.key] = e.value
	}
	return all
}
