package sandbox

import "strings"

// A subject is a person that a test sends. Fields that are nil are left out of
// the message; a pointer to an empty text sends an empty element.
type subject struct {
	key                                  string
	prefix, first, last, nick            *string
	email, user, password                *string
	streets                              []string
	locality, postcode                   *string
	gender, bday                         *string
	role                                 *string
	voice, mobile                        *string
	fields                               []string // name=value of extension fields
	children                             []string // keys of relationships of type Child
	relations                            []string // relation=key of others
	withoutFormatName, withoutPerson     bool
	withoutKey, noPrimary, numericalRole bool
}

func text(s string) *string { return &s }

// student is a person with the mandatory fields.
func student(key, first string) subject {
	return subject{key: key, first: text(first), last: text("Sample"), role: text("Student")}
}

// parent is a student with children.
func parent(key string, children ...string) subject {
	s := student(key, "Petra")
	s.role, s.children = text("Carer"), children
	return s
}

// full is a person with everything that a message can carry.
func full(key string) subject {
	s := student(key, "Vera")
	s.prefix, s.nick, s.email = text("Dr."), text("vee"), text("vera@example.org")
	s.user, s.password = text("u:"+key), text("secret-of-"+key)
	s.streets, s.locality, s.postcode = []string{"Test Lane 5", "Building B"}, text("Sampletown"), text("1234")
	s.gender, s.bday, s.voice, s.mobile = text("Female"), text("2001-09-14"), text("5550100"), text("5550101")
	s.fields = []string{"CustomString1=one", "CustomString5=five", "PrivacyProtection=on"}
	return s
}

func escaped(s string) string {
	return strings.NewReplacer("&", "&amp;", "<", "&lt;", `"`, "&quot;").Replace(s)
}

func (s subject) id() string {
	if s.withoutKey {
		return ""
	}
	return identifier("sourcedId", s.key)
}

func identifier(wrapper, key string) string {
	return "<pmess:" + wrapper + "><c:identifier>" + escaped(key) + "</c:identifier></pmess:" + wrapper + ">"
}

// xml writes sourcedId and person, as singular requests and pairs hold them.
func (s subject) xml() string {
	if s.withoutPerson {
		return s.id()
	}
	var b strings.Builder
	one := func(name string, value *string) {
		if value != nil {
			b.WriteString("<" + name + ">" + escaped(*value) + "</" + name + ">")
		}
	}
	group := func(name string, content func()) {
		before := b.Len()
		b.WriteString("<" + name + ">")
		start := b.Len()
		content()
		if b.Len() == start {
			kept := b.String()[:before]
			b.Reset()
			b.WriteString(kept)
			return
		}
		b.WriteString("</" + name + ">")
	}
	b.WriteString(s.id() + "<pmess:person>")
	if !s.withoutFormatName {
		b.WriteString(`<d:formatName x:nil="true"/>`)
	}
	group("d:name", func() {
		for _, part := range []struct {
			kind  string
			value *string
		}{{"Prefix", s.prefix}, {"First", s.first}, {"Last", s.last}, {"Nick", s.nick}} {
			if part.value != nil {
				b.WriteString("<d:partName><d:namePartType>" + part.kind + "</d:namePartType>")
				one("d:namePartValue", part.value)
				b.WriteString("</d:partName>")
			}
		}
	})
	one("c:email", s.email)
	group("d:userId", func() { one("c:userIdValue", s.user); one("c:passWord", s.password) })
	group("d:address", func() {
		one("d:locality", s.locality)
		one("d:postcode", s.postcode)
		for _, street := range s.streets {
			one("d:street", &street)
		}
	})
	group("d:demographics", func() { one("d:gender", s.gender); one("d:bday", s.bday) })
	group("d:institutionRole", func() {
		one("d:institutionRoleType", s.role)
		if s.role != nil && !s.noPrimary {
			primary := "true"
			if s.numericalRole {
				primary = "1"
			}
			one("d:primaryRoleType", &primary)
		}
	})
	for _, tel := range []struct {
		kind  string
		value *string
	}{{"Mobile", s.mobile}, {"Voice", s.voice}} {
		if tel.value != nil {
			b.WriteString("<d:tel><d:telType>" + tel.kind + "</d:telType>")
			one("d:telValue", tel.value)
			b.WriteString("</d:tel>")
		}
	}
	group("d:extension", func() { b.WriteString(s.extension()) })
	b.WriteString("</pmess:person>")
	return b.String()
}

func (s subject) extension() string {
	var b strings.Builder
	for _, f := range s.fields {
		name, value, _ := strings.Cut(f, "=")
		b.WriteString("<c:extensionField><c:fieldName>" + name + "</c:fieldName><c:fieldType>String</c:fieldType><c:fieldValue>" + escaped(value) + "</c:fieldValue></c:extensionField>")
	}
	relations := s.relations
	for _, key := range s.children {
		relations = append(relations, "Child="+key)
	}
	for _, r := range relations {
		relation, key, _ := strings.Cut(r, "=")
		b.WriteString("<c:relationship><c:relation>" + relation + "</c:relation><c:sourceId><c:identifier>" + escaped(key) + "</c:identifier></c:sourceId></c:relationship>")
	}
	return b.String()
}

// pairs writes the set of a plural write.
func pairs(subjects ...subject) string {
	var b strings.Builder
	for _, s := range subjects {
		b.WriteString("<pmess:personIdPair>" + s.xml() + "</pmess:personIdPair>")
	}
	return "<pmess:personIdPairSet>" + b.String() + "</pmess:personIdPairSet>"
}

// keySet writes the set of a plural read or delete.
func keySet(keys ...string) string {
	var b strings.Builder
	for _, k := range keys {
		b.WriteString("<c:identifier>" + k + "</c:identifier>")
	}
	return "<pmess:sourcedIdSet>" + b.String() + "</pmess:sourcedIdSet>"
}

func key(k string) string { return identifier("sourcedId", k) }

func rename(from, to string) string {
	return identifier("sourcedId", from) + identifier("newSourcedId", to)
}

func renames(fromTo ...string) string {
	var b strings.Builder
	for i := 0; i < len(fromTo); i += 2 {
		b.WriteString("<c:identifierPair><c:firstId>" + fromTo[i] + "</c:firstId><c:secondId>" + fromTo[i+1] + "</c:secondId></c:identifierPair>")
	}
	return "<pmess:pairSourcedIdSet>" + b.String() + "</pmess:pairSourcedIdSet>"
}

// page writes the parameters of readAllPersons; further ones are name=value,
// "nil" for xsi:nil.
func page(index, size string, more ...string) string {
	out := "<pmess:PageIndex>" + index + "</pmess:PageIndex><pmess:PageSize>" + size + "</pmess:PageSize>"
	for _, m := range more {
		name, value, _ := strings.Cut(m, "=")
		if value == "nil" {
			out += "<pmess:" + name + ` x:nil="true"/>`
			continue
		}
		out += "<pmess:" + name + ">" + value + "</pmess:" + name + ">"
	}
	return out
}
