package html

import (
	"fmt"
	"math"
	"os"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

// pairs are the colours that meet, with the contrast that WCAG 2.2 demands at level
// AA: 4.5 for text (1.4.3), 3 for the edges of controls, signs and parts of bars (1.4.11).
func pairs() map[[2]string]float64 {
	all := map[[2]string]float64{}
	for _, ground := range []string{"paper", "surface", "sunken"} {
		for _, ink := range []string{"ink", "muted", "accent", "good", "warn", "bad", "trouble", "note", "idle"} {
			all[[2]string{ink, ground}] = 4.5
		}
		all[[2]string{"edge", ground}] = 3
		all[[2]string{"focus", ground}] = 3
	}
	for _, tone := range []string{"good", "warn", "bad", "trouble", "note", "idle"} {
		soft := tone + "-soft"
		all[[2]string{tone, soft}] = 4.5
		for _, ink := range []string{"ink", "muted", "accent"} {
			all[[2]string{ink, soft}] = 4.5
		}
		all[[2]string{"focus", soft}] = 3
	}
	all[[2]string{"ink", "mark-wanted"}] = 4.5
	all[[2]string{"ink", "mark-came"}] = 4.5
	return all
}

func TestEveryPairOfColoursHasContrast(t *testing.T) {
	css, err := os.ReadFile("assets/palette.css")
	if err != nil {
		t.Fatal(err)
	}
	light, dark, found := strings.Cut(string(css), "@media screen and (prefers-color-scheme: dark)")
	if !found {
		t.Fatal("there are no dark colours")
	}
	for scheme, block := range map[string]string{"light": light, "dark": dark} {
		colours := colours(t, block)
		for pair, least := range pairs() {
			a, okA := colours[pair[0]]
			b, okB := colours[pair[1]]
			if !okA || !okB {
				t.Errorf("%s: %v: a colour is missing", scheme, pair)
				continue
			}
			if got := contrast(a, b); got < least {
				t.Errorf("%s: %s on %s has a contrast of %.2f, less than %.1f", scheme, pair[0], pair[1], got, least)
			}
		}
	}
}

func TestContrastIsThatOfTheStandard(t *testing.T) {
	for _, tt := range []struct {
		a, b, want string
	}{{"000000", "ffffff", "21.00"}, {"777777", "ffffff", "4.48"}, {"0000ff", "ffff00", "8.00"}, {"123456", "123456", "1.00"}} {
		if got := fmt.Sprintf("%.2f", contrast(luminance(t, tt.a), luminance(t, tt.b))); got != tt.want {
			t.Errorf("%s on %s: %s, want %s", tt.a, tt.b, got, tt.want)
		}
	}
}

// TestColoursAreNamedInOnePlaceOnly keeps colours from escaping the test above.
func TestColoursAreNamedInOnePlaceOnly(t *testing.T) {
	for _, name := range sheets() {
		css, err := files.ReadFile("assets/" + name)
		if err != nil {
			t.Fatal(err)
		}
		if name == "palette.css" {
			continue
		}
		for _, colour := range regexp.MustCompile(`#[0-9a-f]{3,8}\b|rgb|hsl|oklch`).FindAllString(string(css), -1) {
			if name != "print.css" || colour != "#fff" {
				t.Errorf("%s names the colour %s", name, colour)
			}
		}
	}
}

func colours(t *testing.T, css string) map[string]float64 {
	t.Helper()
	all := map[string]float64{}
	for _, m := range regexp.MustCompile(`--([a-z-]+): #([0-9a-f]{6})`).FindAllStringSubmatch(css, -1) {
		all[m[1]] = luminance(t, m[2])
	}
	return all
}

// luminance is the relative luminance of a colour (WCAG 2.2, definitions).
func luminance(t *testing.T, hex string) float64 {
	t.Helper()
	sum := 0.0
	for i, weight := range []float64{0.2126, 0.7152, 0.0722} {
		n, err := strconv.ParseUint(hex[2*i:2*i+2], 16, 8)
		if err != nil {
			t.Fatal(err)
		}
		c := float64(n) / 255
		if c <= 0.04045 {
			c /= 12.92
		} else {
			c = math.Pow((c+0.055)/1.055, 2.4)
		}
		sum += weight * c
	}
	return sum
}

func contrast(a, b float64) float64 { return (max(a, b) + 0.05) / (min(a, b) + 0.05) }
