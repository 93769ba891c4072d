package profile

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"

	"github.com/goccy/go-yaml/ast"
)

// maxFile bounds a profile file and a password file.
const maxFile = 1 << 20

// load reads the profile with that name: a file, or else a built-in profile of
// that name below profiles/.
func (c *collector) load(name string, asked Place, builtin fs.FS) draft {
	info, err := os.Stat(name)
	if err != nil {
		if d, ok := c.loadBuiltin(name, builtin); ok {
			return d
		}
		c.add(asked, "the profile %s cannot be read: %s", name, reason(err))
		return draft{}
	}
	if info.Size() > maxFile {
		c.add(asked, "the profile %s is larger than 1 MiB", name)
		return draft{}
	}
	data, err := os.ReadFile(name)
	if err != nil {
		c.add(asked, "the profile %s cannot be read: %s", name, reason(err))
		return draft{}
	}
	d := c.decode(name, data)
	d.rebase(filepath.Dir(name))
	// Windows has no such bits; there the folder's rights protect the file.
	d.private = info.Mode().Perm()&0o077 == 0 || runtime.GOOS == "windows"
	return d
}

// rebase makes the relative paths of a profile relative to its folder, so that a
// profile works wherever the command is called.
func (d *draft) rebase(folder string) {
	paths := []*option[string]{&d.caFile, &d.certFile, &d.keyFile, &d.control.secret.file}
	for i := range d.sites {
		paths = append(paths, &d.sites[i].secret.file)
	}
	for _, path := range paths {
		if path.set && path.value != "" && !filepath.IsAbs(path.value) {
			path.value = filepath.Join(folder, path.value)
		}
	}
}

func (c *collector) loadBuiltin(name string, builtin fs.FS) (draft, bool) {
	if builtin == nil || !fs.ValidPath(name) || strings.ContainsAny(name, "/.") {
		return draft{}, false
	}
	path := "profiles/" + name + ".yaml"
	data, err := fs.ReadFile(builtin, path)
	if errors.Is(err, fs.ErrNotExist) {
		return draft{}, false
	}
	if err != nil {
		c.add(Place{File: path}, "the built-in profile cannot be read: %s", reason(err))
		return draft{}, true
	}
	return c.decode(path, data), true
}

// decode reads the YAML of a profile file.
func (c *collector) decode(file string, data []byte) draft {
	r := &yamlReader{collector: c, file: file}
	d := draft{}
	root := r.parse(data)
	if root == nil {
		return d
	}
	r.mapping(root, "a profile", []field{
		{"name", func(n ast.Node) { d.name = r.text(n, "name") }},
		{"endpoint", func(n ast.Node) { d.endpoint = r.text(n, "endpoint") }},
		{"secureEndpoint", func(n ast.Node) { d.secure = r.text(n, "secureEndpoint") }},
		{"services", func(n ast.Node) { d.services = r.entries(n, "services") }},
		{"separate", func(n ast.Node) { d.separate = r.truth(n, "separate") }},
		{"product", func(n ast.Node) { d.product = r.product(n) }},
		{"sites", func(n ast.Node) { r.list(n, "sites", func(item ast.Node) { d.sites = append(d.sites, r.site(item)) }) }},
		{"features", func(n ast.Node) { d.features = r.texts(n, "features") }},
		{"control", func(n ast.Node) { d.control = r.control(n) }},
		{"limits", func(n ast.Node) { r.limits(n, &d) }},
		{"tls", func(n ast.Node) { r.tls(n, &d) }},
		{"headers", func(n ast.Node) { d.headers = r.entries(n, "headers") }},
		{"hooks", func(n ast.Node) { d.hooks = r.hooks(n) }},
	})
	return d
}

func (r *yamlReader) texts(node ast.Node, what string) []option[string] {
	var all []option[string]
	r.list(node, what, func(item ast.Node) {
		if text := r.text(item, "each of "+what); text.set {
			all = append(all, text)
		}
	})
	return all
}

func (r *yamlReader) product(node ast.Node) Product {
	var p Product
	r.mapping(node, "product", []field{
		{"name", func(n ast.Node) { p.Name = r.text(n, "name").value }},
		{"version", func(n ast.Node) { p.Version = r.text(n, "version").value }},
		{"vendor", func(n ast.Node) { p.Vendor = r.text(n, "vendor").value }},
	})
	return p
}

func (r *yamlReader) site(node ast.Node) siteDraft {
	s := siteDraft{place: r.at(node)}
	r.mapping(node, "a site", append(r.secret("password", &s.secret),
		field{"name", func(n ast.Node) { s.name = r.text(n, "name") }},
		field{"username", func(n ast.Node) { s.username = r.text(n, "username") }},
		field{"states", func(n ast.Node) { s.states = r.entries(n, "states") }},
		field{"anchors", func(n ast.Node) { s.anchors = r.entries(n, "anchors") }},
	))
	if s.name.set {
		s.place = s.name.place
	}
	return s
}

// secret reads the three ways to give a secret: itself, a file, a variable.
func (r *yamlReader) secret(key string, s *secretDraft) []field {
	return []field{
		{key, func(n ast.Node) { s.literal = r.text(n, key) }},
		{key + "File", func(n ast.Node) { s.file = r.text(n, key+"File") }},
		{key + "Env", func(n ast.Node) { s.env = r.text(n, key+"Env") }},
	}
}

func (r *yamlReader) control(node ast.Node) controlDraft {
	d := controlDraft{place: r.at(node), set: true}
	r.mapping(node, "control", append(r.secret("token", &d.secret),
		field{"url", func(n ast.Node) { d.url = r.text(n, "url") }}))
	return d
}

func (r *yamlReader) limits(node ast.Node, d *draft) {
	r.mapping(node, "limits", []field{
		{"concurrency", func(n ast.Node) { d.concurrency = r.integer(n, "concurrency") }},
		{"rate", func(n ast.Node) {
			if text := r.text(n, "rate"); text.set {
				d.rate = parseNumber(r.collector, text, "rate")
			}
		}},
		{"stepTimeout", func(n ast.Node) {
			if text := r.text(n, "stepTimeout"); text.set {
				d.stepTimeout = parseDuration(r.collector, text, "stepTimeout")
			}
		}},
		{"maxDuration", func(n ast.Node) {
			if text := r.text(n, "maxDuration"); text.set {
				d.maxDuration = parseDuration(r.collector, text, "maxDuration")
			}
		}},
		{"maxBody", func(n ast.Node) { d.maxBody = r.integer(n, "maxBody") }},
		{"maxHeader", func(n ast.Node) { d.maxHeader = r.integer(n, "maxHeader") }},
		{"maxDepth", func(n ast.Node) { d.maxDepth = r.integer(n, "maxDepth") }},
		{"maxViolations", func(n ast.Node) { d.maxViolations = r.integer(n, "maxViolations") }},
	})
}

func (r *yamlReader) tls(node ast.Node, d *draft) {
	r.mapping(node, "tls", []field{
		{"caFile", func(n ast.Node) { d.caFile = r.text(n, "caFile") }},
		{"certFile", func(n ast.Node) { d.certFile = r.text(n, "certFile") }},
		{"keyFile", func(n ast.Node) { d.keyFile = r.text(n, "keyFile") }},
		{"proxy", func(n ast.Node) { d.proxy = r.text(n, "proxy") }},
		{"unverified", func(n ast.Node) { d.unverified = r.truth(n, "unverified") }},
	})
}

func (r *yamlReader) hooks(node ast.Node) []hookDraft {
	var all []hookDraft
	r.each(node, "hooks", func(key string, value ast.Node, place Place) {
		h := hookDraft{state: key, place: place}
		for _, arg := range r.texts(value, "the hook of "+key) {
			h.args = append(h.args, arg.value)
		}
		all = append(all, h)
	})
	return all
}
