package xmltree

// manyPairs bounds how many pairs of siblings are compared to find the best
// partners; beyond it siblings are paired by place.
const manyPairs = 250_000

// missingCost outweighs any number of differences, so that as many partners as
// possible are found.
const missingCost = 1 << 30

// pairing says which wanted element has which partner.
type pairing struct {
	partner     []int // index into group.got, or -1
	taken       []bool
	differences [][]found // of each wanted element with its partner
}

// pair finds partners with as few differences as possible.
func (d *differ) pair(g *group) pairing {
	p := pairing{partner: make([]int, len(g.want)), taken: make([]bool, len(g.got)), differences: make([][]found, len(g.want))}
	switch {
	case len(g.want)*len(g.got) > manyPairs, len(g.want) == len(g.got) && !g.unordered, len(g.want) == 1 && len(g.got) == 1:
		for i := range g.want {
			p.partner[i] = -1
			if i < len(g.got) {
				p.join(i, i, d.element(g.want[i], g.got[i]))
			}
		}
		return p
	}
	all := make([][][]found, len(g.want))
	for i, w := range g.want {
		all[i] = make([][]found, len(g.got))
		for j, n := range g.got {
			all[i][j] = d.element(w, n)
		}
	}
	partner := alignInOrder(all, len(g.got))
	if g.unordered {
		partner = assign(all, len(g.got))
	}
	for i, j := range partner {
		p.partner[i] = j
		if j >= 0 {
			p.join(i, j, all[i][j])
		}
	}
	return p
}

func (p *pairing) join(i, j int, differences []found) {
	p.partner[i], p.taken[j], p.differences[i] = j, true, differences
}

// alignInOrder finds the cheapest partners that keep the order of both sides.
func alignInOrder(all [][][]found, count int) []int {
	// cost[i][j] is the least cost of the wanted from i on with the others from j on.
	cost := make([][]int, len(all)+1)
	for i := range cost {
		cost[i] = make([]int, count+1)
	}
	for i := len(all) - 1; i >= 0; i-- {
		cost[i][count] = cost[i+1][count] + missingCost
		for j := count - 1; j >= 0; j-- {
			cost[i][j] = min(cost[i+1][j+1]+len(all[i][j]), cost[i][j+1], cost[i+1][j]+missingCost)
		}
	}
	partner := make([]int, len(all))
	i, j := 0, 0
	for i < len(all) {
		switch {
		case j < count && cost[i][j] == cost[i+1][j+1]+len(all[i][j]):
			partner[i] = j
			i, j = i+1, j+1
		case j < count && cost[i][j] == cost[i][j+1]:
			j++
		default:
			partner[i] = -1
			i++
		}
	}
	return partner
}

// assign finds partners in any order: first as many without difference as can be,
// then, for the rest, the cheapest that is left.
func assign(all [][][]found, count int) []int {
	owner := make([]int, count) // of each of the others: its wanted one, or -1
	for j := range owner {
		owner[j] = -1
	}
	for i := range all {
		augment(all, owner, i, make([]bool, count))
	}
	partner := make([]int, len(all))
	for i := range partner {
		partner[i] = -1
	}
	for j, i := range owner {
		if i >= 0 {
			partner[i] = j
		}
	}
	for i := range partner {
		if partner[i] >= 0 {
			continue
		}
		best := -1
		for j := range owner {
			if owner[j] < 0 && (best < 0 || len(all[i][j]) < len(all[i][best])) {
				best = j
			}
		}
		if best >= 0 {
			partner[i], owner[best] = best, i
		}
	}
	return partner
}

// augment finds a partner without difference for i, moving others if need be.
func augment(all [][][]found, owner []int, i int, tried []bool) bool {
	for j := range owner {
		if tried[j] || len(all[i][j]) > 0 {
			continue
		}
		tried[j] = true
		if owner[j] < 0 || augment(all, owner, owner[j], tried) {
			owner[j] = i
			return true
		}
	}
	return false
}
