package queue

// budget is what a node may still show today.
type budget struct{ fresh, due int }

// budgets works out what each node may still show.
func budgets(nodes []Node) []budget {
	out := make([]budget, len(nodes))
	for i, n := range nodes {
		b := budget{fresh: n.Limit.New - n.Done.New, due: n.Limit.Reviews - n.Done.Reviews}
		if !nodes[i].Beyond {
			b.due -= n.Done.New
		}
		out[i] = budget{fresh: max(0, b.fresh), due: max(0, b.due)}
	}
	return out
}

// capNew is what is left for new cards once the reviews are gathered.
func capNew(nodes []Node, left []budget) {
	for i := range nodes {
		if !nodes[i].Beyond {
			left[i].fresh = min(left[i].fresh, left[i].due)
		}
	}
}

// take asks a node and all that hold it for one card more of what pick names.
func take(nodes []Node, left []budget, node int32, pick func(*budget) *int) bool {
	for n := node; n >= 0; n = nodes[n].Parent {
		if *pick(&left[n]) <= 0 {
			return false
		}
	}
	for n := node; n >= 0; n = nodes[n].Parent {
		*pick(&left[n])--
	}
	return true
}

func ofDue(b *budget) *int   { return &b.due }
func ofFresh(b *budget) *int { return &b.fresh }

// under says whether a node is in, or is, another.
func under(nodes []Node, n, top int32) bool {
	for ; n >= 0; n = nodes[n].Parent {
		if n == top {
			return true
		}
	}
	return false
}
