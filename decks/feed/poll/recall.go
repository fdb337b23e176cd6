package poll

// Recall is what a feed said when it was asked last. Nobody is asked.
func (c *Client) Recall(s Source, st State) News {
	k := check{Client: c, s: s, st: st, now: c.now()}
	k.recall()
	return k.news()
}
