package app

import (
	"context"

	"lectern/app/keys"
	"lectern/app/nav"
	"lectern/app/study/session"
	"lectern/decks"
	"lectern/decks/collection"
	"lectern/decks/share"
)

// given takes the screens by which a deck leaves the program: an own one, and that of an
// author, to whom something is handed in.
func (k *camera) given(lang string) {
	w, ctx, c := k.w, context.Background(), k.w.p.Collection
	course, err := k.course()
	k.keep(err)
	own, theirs := course.ID, editionDeck(lang)
	k.keep(c.SetSetting(ctx, share.SettingAuthor, editionWords(lang, "Anna Kotova", "Аня Котова")))
	k.screen("20-share", func() nav.Screen { return w.share(own) })
	k.press(keys.CtrlEnter)
	k.shoot("20b-share-where")
	k.press(keys.Esc)
	on(func() { w.p.Nav.Replace(w.share(own)) })
	k.press(keys.Down, keys.Down, keys.Down)
	k.shoot("20c-share-print")
	k.screen("20d-share-passed-on", func() nav.Screen { return w.share(theirs) })
	cards := k.cardsOf(theirs, 2)
	for i, card := range cards {
		k.keep(c.Remark(ctx, card, collection.Remarks[i], true))
	}
	if len(cards) > 0 {
		k.screen("03c-remark", func() nav.Screen {
			return w.studyScreen(session.Session{Scope: collection.Scope{Deck: theirs}}, cards[0])
		})
	}
	k.screen("21-hand-in", func() nav.Screen { return w.handIn(theirs) })
	k.press(keys.Right)
	k.shoot("21b-hand-in-report")
	for i, card := range cards {
		k.keep(c.Remark(ctx, card, collection.Remarks[i], false))
	}
}

// cardsOf are the first cards of a deck.
func (k *camera) cardsOf(deck string, most int) (out []decks.CardID) {
	found, err := k.w.p.Collection.Search(context.Background(), collection.Query{Scope: collection.Scope{Deck: deck}, Limit: most})
	k.keep(err)
	for _, r := range found.Rows {
		out = append(out, r.Card)
	}
	return out
}
