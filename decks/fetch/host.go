package fetch

// Host is the host that Get would ask for a page first, so that a user can be
// told before anything is fetched. Faults: BadAddress, WrongScheme.
func Host(address string) (string, error) {
	u, err := parse(address)
	if err != nil {
		return "", err
	}
	return raw(u).Hostname(), nil
}
